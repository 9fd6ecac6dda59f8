"""One trial: a run with the values drawn, trained as far as it is promising, and judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from experiments.files import Row
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.run import Run, holds_run
from experiments.training.evaluate import evaluate
from experiments.training.progress import Progress
from experiments.training.train import train

RECENT = 50  # games of training whose mean tells after each round how promising a trial is


class Pruned(Exception):
    """A trial is stopped: others had come further by then."""


@dataclass(frozen=True)
class Judge:
    """How trials are judged.

    Attributes:
        metric: the higher its mean, the better.
        games: unseen ones, of the first block.
        workers: processes that play.
        console: for progress.
    """

    metric: str
    games: int
    workers: int
    console: Console

    def value(self, rows: Sequence[Row]) -> float:
        """Return the mean of games."""
        return float(np.mean([row[self.metric] for row in rows]))


def open_trial(path: Path, overrides: tuple[str, ...], folder: Path) -> AbstractContextManager[Run]:
    """Give the run of a trial: a new one, or the one that was cut off."""
    return create_or_resume(str(path), overrides, folder, holds_run(folder), overwrite=False)


def play_trial(run: Run, trial: Any, judge: Judge) -> float:
    """Trains and evaluates a run.

    Args:
        run: the trial's.
        trial: Optuna's; told after every round how the last games of training went.
        judge: says what is good.

    Raises:
        Pruned: when the trial is not worth going on with.
        UserError: when learning diverged.
    """
    name = run.config.name
    with Progress(name, run.config.train.games, judge.console) as progress:
        train(run, judge.workers, progress, _reports(trial, judge))
    with Progress(f"{name}, unseen games", judge.games, judge.console) as progress:
        return judge.value(evaluate(run, judge.games, judge.workers, progress))


def _reports(trial: Any, judge: Judge) -> Callable[[Sequence[Row]], None]:
    def after_round(rows: Sequence[Row]) -> None:
        trial.report(judge.value(rows[-RECENT:]), len(rows))
        if trial.should_prune():
            raise Pruned

    return after_round
