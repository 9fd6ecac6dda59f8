"""All that a report shows, gathered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.analysis.comparison import Comparison
from experiments.analysis.contestants import Contestant, Contestants
from experiments.analysis.metrics import column
from experiments.files import Row
from experiments.training.asked import LEARNED

HEADLINE = ("success", "progression", "points")  # the first of these that is compared leads


@dataclass(frozen=True)
class Evidence:
    """What was played, and what came out.

    Attributes:
        contestants: by config and training seed.
        comparisons: one in each metric that can be compared.
        notes: what can't, and why.
        label: of the unseen games in the run folders.
    """

    contestants: Contestants
    comparisons: Sequence[Comparison]
    notes: Sequence[str] = ()
    label: str = LEARNED

    @property
    def names(self) -> list[str]:
        """Of the configs."""
        return list(self.contestants)

    @property
    def headline(self) -> Comparison:
        """In the metric that the report leads with."""
        by_name = {comparison.metric: comparison for comparison in self.comparisons}
        return next((by_name[m] for m in HEADLINE if m in by_name), self.comparisons[0])

    @property
    def others(self) -> list[Comparison]:
        """In the other metrics."""
        return [c for c in self.comparisons if c.metric != self.headline.metric]

    def best_first(self) -> list[str]:
        """Return the configs by their headline's mean, the best one first."""
        scores = sorted(self.headline.scores, key=lambda score: -score.mean.value)
        return [score.config for score in scores]

    def runs(self) -> Iterator[tuple[str, int, Contestant]]:
        """Every run with its config's name and training seed."""
        for name, seeds in self.contestants.items():
            for seed, contestant in seeds.items():
                yield name, seed, contestant

    def training(self, name: str) -> list[Sequence[Row]]:
        """Return the training games of a config, for each seed that has any."""
        return [c.training for c in self.contestants[name].values() if c.training]

    def unseen(self, name: str) -> list[Row]:
        """Return the unseen games of a config, of all training seeds."""
        return [row for c in self.contestants[name].values() for row in c.evaluation]

    def scores(self, name: str, metric: str) -> np.ndarray:
        """One metric of those: (games of all seeds,)."""
        return column(self.unseen(name), metric)
