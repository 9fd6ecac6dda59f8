"""The games of one config in one metric, sorted by training seed and game."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.metrics import column
from experiments.analysis.statistics.confidence import Confidence, Estimate
from experiments.analysis.statistics.cumulants import Cumulants
from experiments.analysis.statistics.hierarchical import (
    interaction,
    mean,
    nested_mean,
    seed_variance,
)
from experiments.analysis.statistics.power import games_to_tell
from experiments.analysis.statistics.resampling import Resamples
from experiments.files import Row

Group = Mapping[int, Sequence[Row]]  # the rows of one config's games, by training seed
NESTED = "every training seed played games of its own"


@dataclass(frozen=True)
class Sample:
    """One metric of one config.

    Attributes:
        scores: (games,) for each training seed, ascending by the seeds of the games.
        games: those, if all training seeds played the same ones; else None.
    """

    scores: tuple[np.ndarray, ...]
    games: tuple[int, ...] | None

    @classmethod
    def of(cls, group: Group, metric: str) -> Sample:
        """Sorts rows.

        Raises:
            ValueError: when there is no training seed, or one without games.
        """
        ordered = [sorted(rows, key=lambda row: row["seed"]) for rows in group.values()]
        if not ordered or not all(ordered):
            raise ValueError("every config needs a training seed, and every one of those a game")
        games = {tuple(row["seed"] for row in rows) for rows in ordered}
        scores = tuple(column(rows, metric) for rows in ordered)
        return cls(scores, games.pop() if len(games) == 1 else None)

    @property
    def pooled(self) -> np.ndarray:
        """(seeds, games) if all seeds played the same games, else every game as one seed's."""
        return np.stack(self.scores) if self.games else np.concatenate(self.scores)[None]

    @property
    def seed_variance(self) -> float:
        """The variance of the mean that comes from the training seeds."""
        means = np.array([score.mean() for score in self.scores])
        if self.games:
            noise = interaction(self.pooled)
        else:
            noise = float(np.mean([score.var() / len(score) for score in self.scores]))
        return seed_variance(means, noise) / len(means)

    def mean(self, resamples: Resamples) -> Confidence:
        """Return the mean over training seeds and games."""
        return mean(self.pooled, resamples) if self.games else nested_mean(self.scores, resamples)

    def whole(self, estimate: Estimate) -> Estimate:
        """Return an estimate from the pooled games: without interval if the seeds' games differ."""
        return estimate if self.games else Estimate(estimate.value, np.nan, np.nan, NESTED)


def paired(a: Sample, b: Sample) -> bool:
    """Whether both played the same games."""
    return a.games is not None and a.games == b.games


def games_needed(a: Sample, b: Sample, difference: float, level: float) -> float:
    """How many games would tell the two apart at that level; infinite if none would."""
    ours, theirs = a.pooled.mean(axis=0), b.pooled.mean(axis=0)
    if min(len(ours), len(theirs)) < 2 or np.isnan(level):
        return np.inf
    if paired(a, b):
        game = Cumulants.of(ours - theirs)
    else:
        game = Cumulants.of(ours).less(Cumulants.of(theirs))
    return games_to_tell(difference, game, a.seed_variance + b.seed_variance, level)
