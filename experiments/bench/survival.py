"""How long heroes live, how strong they get, and of what they die, who stay near the surface.

    yendor bench survival [--json]
    python -m experiments.bench.survival [--games 60] [--first 0] [--turns 10000] [--out FILE]

Ours play the order of `configs/expert.yaml`, kept on levels 1 to 4 of the main dungeon. Beside
them, if it is installed, AutoAscend plays the same games, and goes where it likes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from agents import Agent
from envs.knowledge.statistics import Statistics
from envs.macro_env import MacroEnv
from envs.nethack.dungeons import DOOM
from envs.nethack.env import NetHack
from envs.nethack.settings import NetHackSettings
from experiments.bench import autoascend, survival_tables
from experiments.bench.lives import EVERY, Life
from experiments.config.models import find, load, make_agent
from experiments.console import PlainConsole
from experiments.files import write_text
from experiments.printable import say
from experiments.training.rollout import new_environment, to_state

CONFIG = "expert"
DEEPEST = 4  # level of the main dungeon that nobody goes below
GAMES, TURNS = 60, 10_000
WAYS_DOWN = ("dig", "mines", "shortcut", "climb", "mug")  # and what only a hunt for a tool is for


Lives = dict[str, list[Life]]


def main(
    games: Annotated[int, typer.Option(min=1)] = GAMES,
    first: Annotated[int, typer.Option(min=0, help="seed of the first game")] = 0,
    turns: Annotated[int, typer.Option(min=EVERY, help="at which a game is ended")] = TURNS,
    peer: Annotated[bool, typer.Option(help="play AutoAscend beside")] = True,
    out: Annotated[Path | None, typer.Option(help="a JSON file for the lives")] = None,
) -> None:
    """Plays, and prints who was alive when, how strong, and what killed the others."""
    seeds = range(first, first + games)
    lives = {"ours": list(ours(seeds, turns))}
    if peer and (theirs := list(autoascends(seeds, turns))):
        lives[autoascend.NAME] = theirs
    if out is not None:
        write_text(out, _to_json(lives))
    _show(lives, turns)
    if peer and autoascend.NAME not in lives:
        say(f"{autoascend.NAME}: {autoascend.INSTALL}")


def bench(as_json: bool) -> None:
    """Print the tables, or the lives for programs: what `yendor bench survival` does."""
    if as_json:
        seeds = range(GAMES)
        lives = {"ours": list(ours(seeds, TURNS)), autoascend.NAME: list(autoascends(seeds, TURNS))}
        say(_to_json(lives))
    else:
        main(GAMES, 0, TURNS, peer=True, out=None)


def _to_json(lives: Lives) -> str:
    return json.dumps({who: [asdict(life) for life in of] for who, of in lives.items()})


def _show(lives: Lives, turns: int) -> None:
    for table in survival_tables.tables(lives, turns):
        PlainConsole().print(table)


def ours(seeds: Sequence[int], turns: int) -> Iterator[Life]:
    """Lives of the fixed order, kept near the surface."""
    config = load(find(CONFIG))
    env = new_environment(config.env.model_copy(update={"max_turns": turns}))
    agent = make_agent(config)
    for seed in seeds:
        yield live(env, agent, seed)
    env.close()


def live(env: MacroEnv, agent: Agent, seed: int) -> Life:
    """Plays one game near the surface; the agent chooses among what does not lead below."""
    observation, info = env.reset(seed=seed)
    life, over = Life(seed, info["character"] or ""), False
    while not over:
        assert env.known is not None
        life.note(env.known.stats)
        info["action_mask"] = info["action_mask"] * _near_the_surface(env, info["action_mask"])
        action = agent.act(to_state(observation, info))
        observation, _, terminated, truncated, info = env.step(action)
        over = terminated or truncated
    assert env.known is not None
    return _ended(life, env.known.stats, info["turns"], info["cause"] if terminated else None)


def _ended(life: Life, last: Statistics, turns: int, cause: str | None) -> Life:
    """Return the life at its end; the living see the last mark too."""
    if cause is None:
        life.note(last)
    life.turns, life.cause = max(life.turns, turns), cause
    return life


def _near_the_surface(env: MacroEnv, legal: np.ndarray) -> np.ndarray:
    """Return what does not lead below, (A,) bool; who fell goes up before anything but a fight."""
    assert env.known is not None
    stats, names = env.known.stats, [macro.name for macro in env.macros]
    below = stats.dungeon != DOOM or stats.level > DEEPEST
    barred = set(WAYS_DOWN)
    if below or stats.level == DEEPEST:
        barred.add("descend")
    if below and legal[names.index("ascend")]:
        barred |= {"explore", "prospect", "door", "search", "pickup"}
    return np.array([name not in barred for name in names])


def autoascends(seeds: Sequence[int], turns: int) -> Iterator[Life]:
    """AutoAscend's lives in the same games; none if it isn't installed."""
    bot = autoascend.module()
    if bot is None:
        return
    game = NetHack(NetHackSettings(max_turns=turns))
    for seed in seeds:
        observation, info = game.reset(seed=seed)
        agent, over, life = bot.make_agent(), False, Life(seed, info["character"] or "")
        agent.reset(observation)
        while not over:
            life.note(Statistics._make(observation["blstats"].tolist()))
            observation, _, terminated, truncated, info = game.step(agent.act(observation))
            over = terminated or truncated
        agent.close()
        outcome, last = game.outcome(), Statistics._make(observation["blstats"].tolist())
        yield _ended(life, last, outcome.turns, outcome.cause if terminated else None)


if __name__ == "__main__":
    typer.run(main)
