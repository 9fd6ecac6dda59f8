"""What the post "Nethack Reinforcement Learning" says of the game, asked of the game.

It says: three channels and an inventory; a new dungeon every game; a laptop is enough; agents
train. Chance is part of it, too, though the seed fixes it: the same seed gives the same game.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from envs.games import GAMES
from experiments.config.models import Config, load, make_agent
from experiments.config.names import CONFIGS
from experiments.console import PlainConsole
from experiments.frames.frame import frame
from experiments.playback.run_source import RunSource
from experiments.playback.screens import TERMINAL_COLUMNS, TERMINAL_ROWS
from experiments.reproduce.plots import curves
from experiments.reproduce.report import NOT_IN_POST, Check, Plot, Report, Settings
from experiments.runs import run as runs
from experiments.seeds import evaluation_seed
from experiments.training.progress import Progress
from experiments.training.rollout import Episode, environment, play_game
from experiments.training.train import train

# Shapes of NLE 1.3.0's observations (Küttler et al., 2020, appendix, for the first version).
CHANNELS = {
    "map": ("glyphs", (21, 79)),
    "message": ("message", (256,)),
    "statistics": ("blstats", (27,)),
    "inventory": ("inv_strs", (55, 80)),
}
GAMES_TRAINED, MAX_TURNS, GAMES_TIMED = 16, 1_000, 3
ENOUGH_KEYS_PER_SECOND = 100  # keystrokes a second; a person types ten
WATCHED_DECISION = 4  # the decision of which a frame is shown


def reproduce(settings: Settings, game: str = "nethack", games: int = GAMES_TRAINED) -> Report:
    """Return the post's claims with what the game says.

    Args:
        settings: the seed is the run's, and that of the first game looked at.
        game: ``nethack``, or ``stub`` for tests.
        games: to train on.
    """
    config = short_training(game, games, settings.seed)
    checks = [*_channels(game, settings.seed), *_dungeons(game, settings.seed), _speed(config)]
    with tempfile.TemporaryDirectory() as folder:
        run = runs.create(Path(folder) / "run", config, make_agent(config))
        settings.say(f"training on {games} games")
        train(run, 1, Progress("training", games, PlainConsole(quiet=True)))
        checks += _training(run)
        screen, title = _frame(run.folder)
        plot = _plot(run)
    checks.append(_watched(screen))
    note = f"One frame of {title}, as yendor watch shows it:"
    return Report("NetHack reinforcement learning", tuple(checks), (plot,),
                  (_indented(note, screen),))  # fmt: skip


def short_training(game: str, games: int, seed: int) -> Config:
    """Return the packaged config `quickstart`, made short."""
    overrides = (
        f"env.game={game}", f"env.max_turns={MAX_TURNS}", f"train.games={games}",
        f"seed={seed}", "evaluate.games=0",
    )  # fmt: skip
    return load(CONFIGS / "quickstart.yaml", overrides)


def _first_observation(game: str, seed: int) -> dict[str, np.ndarray]:
    env = GAMES[game]()
    observation, _ = env.reset(seed=seed)
    env.close()
    return dict(observation)


def _channels(game: str, seed: int) -> list[Check]:
    observation = _first_observation(game, seed)
    checks = []
    for name, (key, shape) in CHANNELS.items():
        found = observation[key].shape if key in observation else None
        shown = f"{key}: {' × '.join(map(str, found))}" if found else "none"
        checks.append(Check(f"observed: the {name}", "yes", shown, found == shape))
    return checks


def _dungeons(game: str, seed: int) -> list[Check]:
    maps = [_first_observation(game, s)["glyphs"] for s in (seed, seed + 1, seed)]
    other = int((maps[0] != maps[1]).sum())
    again = int((maps[0] != maps[2]).sum())
    return [
        Check("every game has a dungeon of its own", "yes",
              f"the first screens of two seeds differ in {other} squares", other > 0),
        Check("the same seed twice", NOT_IN_POST,
              f"the first screens differ in {again} squares", again == 0),
    ]  # fmt: skip


def _speed(config: Config) -> Check:
    """Random legal macro-actions, with everything that the player remembers, on one processor."""
    env, agent = environment(config.env), make_agent(config)
    began, keystrokes = 0.0, 0
    for game in range(GAMES_TIMED + 1):
        seed = evaluation_seed(game)
        if game == 1:  # the first game compiles what it needs
            began, keystrokes = time.perf_counter(), 0
        episode = play_game(env, agent, seed, np.random.default_rng([config.seed, seed]), False)
        keystrokes += episode.row["keystrokes"]
    speed = keystrokes / (time.perf_counter() - began)
    shown = f"{speed:,.0f} keystrokes a second on one processor ({GAMES_TIMED} whole games)"
    return Check("a laptop without a GPU is enough", "yes", shown, speed > ENOUGH_KEYS_PER_SECOND)


def _training(run: runs.Run) -> list[Check]:
    agent, done = run.checkpoint()
    seed = evaluation_seed(0)
    rng = np.random.default_rng([run.config.seed, seed])
    unseen: Episode = play_game(environment(run.config.env), agent, seed, rng, False)
    rows = run.episodes(done)
    points = float(np.mean([row["points"] for row in rows]))
    seconds = sum(row["seconds"] for row in rows)
    wanted = run.config.train.games
    return [
        Check("agents train", "yes",
              f"Thompson sampling: {done} of {wanted} games in {seconds:.0f} s, mean points "
              f"{points:.0f}", done == wanted and points > 0),
        Check("its checkpoint plays an unseen game", NOT_IN_POST,
              f"{unseen.row['decisions']} decisions, {unseen.row['points']} points",
              unseen.row["decisions"] > 0),
    ]  # fmt: skip


def _frame(folder: Path) -> tuple[str, str]:
    """Return a frame of the first unseen game as text (24 lines), and what is shown."""
    playback = RunSource(folder).open(0)
    playback.play_out()
    decision = playback.decisions[WATCHED_DECISION - 1]
    snapshot = playback.snapshot(decision.end, decision)
    console = PlainConsole(width=TERMINAL_COLUMNS, color_system=None)
    with console.capture() as capture:
        console.print(frame(snapshot, TERMINAL_COLUMNS, TERMINAL_ROWS))
    return capture.get(), playback.title


def _watched(screen: str) -> Check:
    lines = screen.splitlines()
    shown = f"a frame of {len(lines)} lines, the hero and the status line in it"
    return Check("an episode can be watched", "screenshots", shown,
                 "@" in screen and "Dlvl:" in screen)  # fmt: skip


def _indented(note: str, screen: str) -> RenderableType:
    lines = (line.rstrip() for line in screen.splitlines())
    text = Text("\n".join((note, *lines)), no_wrap=True, overflow="crop")
    return Padding(text, (1, 0, 0, 0))


def _plot(run: runs.Run) -> Plot:
    points = [row["points"] for row in run.episodes(run.config.train.games)]
    lines = {"Thompson sampling": points}
    return curves("nethack-training", "A very short training", lines, ("game", "points"))
