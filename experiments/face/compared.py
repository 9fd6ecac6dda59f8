"""Runs that were compared on the same unseen games."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from experiments.analysis.comparison import Comparison
from experiments.analysis.report import data, written
from experiments.analysis.report.charts import charts_of
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.tables import pairs_table, summary_table
from experiments.arguments import path as path_given
from experiments.commands.compare_outputs import write_report
from experiments.console import Table
from experiments.face.figures import figures_of
from experiments.face.tables import frame

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Compared:
    """A comparison: every number, table and figure that `yendor compare` gives.

    Attributes:
        evidence: the games and the statistics behind all of it.
    """

    evidence: Evidence

    @property
    def notes(self) -> list[str]:
        """What was left out, what can't be compared, and why."""
        return list(self.evidence.notes)

    @property
    def metrics(self) -> dict[str, Comparison]:
        """The statistics of each metric: scores of every config, and every two of them."""
        return {comparison.metric: comparison for comparison in self.evidence.comparisons}

    @property
    def verdicts(self) -> list[str]:
        """A sentence on every two configs in every metric."""
        return [
            f"{comparison.metric}: {pair.verdict}."
            for comparison in self.evidence.comparisons
            for pair in comparison.pairs
        ]

    def frame(self) -> DataFrame:
        """Return every number as a pandas table in long form, as ``--csv`` writes them.

        Raises:
            UserError: without pandas, the extra ``frames``.
        """
        return frame(data.rows(self.evidence))

    def table(self) -> Table:
        """Return every config in every metric: a notebook shows it, so does rich."""
        return summary_table(self.evidence.comparisons)

    def pairs(self) -> Table:
        """Return the differences of every two configs, adjusted by Holm."""
        return pairs_table(self.evidence.comparisons)

    def latex(self) -> str:
        """Return the tables for a paper, as ``--latex`` writes them."""
        return written.latex(self.evidence.comparisons, self.evidence.notes)

    def markdown(self) -> str:
        """Return the tables as Markdown."""
        return written.markdown(self.evidence.comparisons, self.evidence.notes)

    def figures(self) -> dict[str, Figure]:
        """Return every figure of the report by name, as matplotlib figures."""
        return figures_of(charts_of(self.evidence).all())

    def report(self, path: str | Path) -> Path:
        """Write the report, one HTML page, and return where.

        Raises:
            UserError: when the file can't be written.
        """
        return write_report(self.evidence, path_given("path", path))

    def __repr__(self) -> str:
        return f"<comparison of {', '.join(self.evidence.names)} in {', '.join(self.metrics)}>"
