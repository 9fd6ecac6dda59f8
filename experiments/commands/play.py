"""Games of training and unseen games, played under a progress bar: what several verbs share."""

from __future__ import annotations

from rich.console import Console

import agents
from envs.names import nearest
from experiments.console import PlainConsole
from experiments.errors import RunError, UserError, told
from experiments.files import Row
from experiments.runs.contents import holds_run
from experiments.runs.run import Run
from experiments.seeds import BLOCK, evaluation_label
from experiments.training.asked import LEARNED
from experiments.training.backends import worker_count
from experiments.training.evaluate import evaluate as play_evaluation
from experiments.training.progress import Progress
from experiments.training.team import Meanwhile
from experiments.training.tensorboard import Events
from experiments.training.train import train as play_training
from experiments.training.unseen import Unseen

DEFAULT_GAMES = 50  # of an evaluation, where neither the command nor the config says how many


def train_run(
    run: Run,
    workers: int | None,
    console: Console,
    name: str = "",
    curve: bool = True,
    tensorboard: bool = False,
    meanwhile: Meanwhile | None = None,
) -> None:
    """Plays the games of training that are missing, and learns from them.

    Args:
        run: an open run folder, written after every round.
        workers: processes that play; None for one on each processor.
        console: where progress is shown.
        name: says whose games they are; omitted: the config's.
        curve: whether to draw the rewards.
        tensorboard: whether to write event files into the run folder.
        meanwhile: gives other games to workers that would wait, see `play_training`.

    Raises:
        RunError: for a game that failed; says how to go on with the rounds that are kept.
        UserError: when learning diverged, and without TensorBoard when it is asked for.
    """
    name = name or f"{run.config.title}, training"
    _, done = run.checkpoint()
    before = [row["reward"] for row in run.episodes(done)]
    run.metrics(done)  # what is damaged is told here: nobody can go on with it
    events = Events(run) if tensorboard else None
    try:
        with Progress(name, run.config.train.games, console, curve, before) as progress:
            after_round = events.after_round if events else None
            play_training(run, worker_count(workers), progress, after_round, meanwhile)
    except (RunError, OSError) as error:
        what = told(error) if isinstance(error, OSError) else str(error)
        kept = f"\nFinished games are kept; {go_on(run)}" if holds_run(run.folder) else ""
        raise RunError(f"{what}{kept}") from None
    finally:
        if events:
            events.close()


def play_unseen(
    run: Run,
    games: int,
    workers: int | None,
    who: str = LEARNED,
    block: int = BLOCK,
    name: str = "",
    console: Console | None = None,
    before: Unseen | None = None,
    meanwhile: Meanwhile | None = None,
) -> list[Row]:
    """Plays games of evaluation that are missing, under a progress bar; see `play_evaluation`.

    Args:
        name: says whose games they are; omitted: the config's name and the evaluation's label.
        console: where progress is shown; None for the standard output.
        before: the same games, some of which were played ahead.
        meanwhile: gives other games to workers that would wait for the last ones of these.
    """
    name = name or f"{run.config.title}, {evaluation_label(who, block)}"
    with Progress(name, games, console or PlainConsole()) as progress:
        return play_evaluation(
            run, games, worker_count(workers), progress, who, block, before, meanwhile
        )


def games_of(run: Run, games: int | None) -> int:
    """Return how many unseen games: what was asked for, or what the config says."""
    return games or run.config.evaluate.games or DEFAULT_GAMES


def check_agent(name: str | None, where: str) -> None:
    """Check that there is an agent of that name; None is fine.

    Raises:
        UserError: names the nearest one.
    """
    if name is not None and name not in agents.REGISTRY:
        raise UserError(f"{where}: unknown agent {name!r}; {nearest(name, agents.REGISTRY)}")


def go_on(run: Run) -> str:
    """Says how training goes on."""
    return f"go on with: yendor train {run.folder} --resume"
