"""Unseen games that were played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.analysis.comparison import compare
from experiments.analysis.metrics import metrics_of
from experiments.analysis.statistics.confidence import Estimate
from experiments.analysis.tables import evaluation_table
from experiments.console import Table
from experiments.face.tables import frame
from experiments.files import Row

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Games:
    """Games with what came out.

    Attributes:
        who: played them: the run, and the agent in its learned one's place.
        rows: one for each game, in the order of seeds.
    """

    who: str
    rows: list[Row]

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> DataFrame:
        """Return the rows as a pandas table; counts of macro-actions are ``macros/NAME``.

        Raises:
            UserError: without pandas, the extra ``frames``.
        """
        return frame(self.rows)

    def means(self) -> dict[str, Estimate]:
        """Return the mean of each metric with its 95 % interval: ``value, low, high, why``."""
        comparisons = compare({self.who: {0: self.rows}}, metrics_of(self.rows))
        return {metric: one.scores[0].mean for metric, one in comparisons.items()}

    def table(self) -> Table:
        """Return mean, interval and median of each metric: a notebook shows it, so does rich."""
        return evaluation_table(f"{self.who}: {len(self.rows)} unseen games", self.rows)

    def __repr__(self) -> str:
        return f"<{len(self.rows)} unseen games of {self.who}>"
