"""Several runs on the same unseen games."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from rich.table import Table

from experiments.analysis.statistics import (
    bootstrap,
    iqm,
    mean,
    median,
    paired_difference,
    probability_of_improvement,
)
from experiments.analysis.tables import METRICS, SEED, column, show
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


def differing_env_keys(runs: Sequence[Run]) -> list[str]:
    """Returns the `env` keys in which the runs differ: their games are not the same then."""
    envs = [run.config.env.model_dump() for run in runs]
    return [key for key in envs[0] if any(env[key] != envs[0][key] for env in envs)]


def summary_table(contestants: Sequence[Contestant], metrics: Iterable[str]) -> Table:
    """Returns mean, median and interquartile mean of metrics, each with its 95 % interval."""
    games = len(contestants[0].evaluation)
    table = Table("", "run", "mean", "median", "IQM", title=f"{games} unseen games")
    for metric in metrics:
        for contestant in contestants:
            values, rng = column(contestant.evaluation, metric), np.random.default_rng(SEED)
            estimates = (bootstrap(values, statistic, rng) for statistic in (mean, median, iqm))
            cells = (show(estimate, METRICS[metric]) for estimate in estimates)
            table.add_row(metric, contestant.name, *cells)
        table.add_section()
    return table


def pairs_table(contestants: Sequence[Contestant], metrics: Iterable[str]) -> Table:
    """Returns the paired difference and the probability of improvement of every two runs."""
    table = Table("", "A", "B", "A - B, paired by seed", "P(A > B)", title="pairs of runs")
    for metric in metrics:
        for a, b in combinations(contestants, 2):
            ours, theirs = column(a.evaluation, metric), column(b.evaluation, metric)
            rng = np.random.default_rng(SEED)
            difference = show(paired_difference(ours, theirs, rng), METRICS[metric], sign=True)
            better = show(probability_of_improvement(ours, theirs, rng), ".2f")
            table.add_row(metric, a.name, b.name, difference, better)
        table.add_section()
    return table
