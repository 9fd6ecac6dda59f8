"""Several runs on the same unseen games."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.analysis.comparison import Comparison, compare
from experiments.analysis.metrics import comparable, differing_keys, metrics_of
from experiments.files import Row
from experiments.runs.run import Run


@dataclass(frozen=True)
class Contestant:
    """A run, under the name it has in the comparison, with its games.

    Attributes:
        name: unique.
        run: the run folder.
        training: one row per training game.
        evaluation: one row per unseen game; the seeds are the same for every contestant.
    """

    name: str
    run: Run
    training: Sequence[Row]
    evaluation: Sequence[Row]


def names_of(runs: Sequence[Run]) -> list[str]:
    """Returns the configs' names, or the folders where a name is taken twice."""
    names = [run.config.name for run in runs]
    return [
        name if names.count(name) == 1 else str(run.folder)
        for name, run in zip(names, runs, strict=True)
    ]


def compare_runs(contestants: Sequence[Contestant]) -> tuple[list[Comparison], list[str]]:
    """Returns a comparison in every metric that can be compared, and notes on the rest."""
    envs = [contestant.run.config.env.model_dump() for contestant in contestants]
    shown = metrics_of(*(contestant.evaluation for contestant in contestants))
    metrics, notes = comparable(shown, differing_keys(envs))
    groups = {c.name: {c.run.config.seed: c.evaluation} for c in contestants}
    return list(compare(groups, metrics).values()), notes
