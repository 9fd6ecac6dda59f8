"""Numbers of games as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from experiments.analysis.comparison import Comparison, compare
from experiments.analysis.metrics import METRICS, metrics_of
from experiments.analysis.sheet import (
    Cell,
    Sheet,
    adjusted,
    difference_cell,
    how_paired,
    pair_sheet,
    reasons,
    score_sheet,
    show,
)
from experiments.console import Table, strong
from experiments.files import Row
from experiments.printable import printable


def evaluation_table(title: str, rows: Sequence[Row]) -> Table:
    """Return mean with 95 % interval and median of each metric."""
    table = Table("", "mean [95 % interval]", "median", title=title)
    comparisons = compare({"these games": {0: rows}}, metrics_of(rows))
    for metric, comparison in comparisons.items():
        score, form = comparison.scores[0], METRICS[metric].form
        table.add_row(metric, show(score.mean, form), f"{score.others['median']:{form}}")
    table.caption = reasons(list(comparisons.values())) or None
    return table


def difference_table(
    title: str, a: Sequence[Row], b: Sequence[Row], names: tuple[str, str]
) -> Table:
    """Return the means of two sets of games, and their difference: paired if they are the same.

    Args:
        title: above the table.
        a, b: rows.
        names: of a and b.
    """
    table = Table("mean", *names, "difference [95 % interval]", title=title)
    comparisons = compare({names[0]: {0: a}, names[1]: {0: b}}, metrics_of(a, b))
    for metric, comparison in comparisons.items():
        form, (pair,) = METRICS[metric].form, comparison.pairs
        means = (f"{score.mean.value:{form}}" for score in comparison.scores)
        table.add_row(metric, *means, _marked(difference_cell(pair, form)))
    table.caption = reasons(list(comparisons.values())) or "bold: excludes zero"
    return table


def summary_table(comparisons: Sequence[Comparison]) -> Table:
    """Return mean and interquartile mean with their 95 % intervals, and each of `STATISTICS`."""
    games = sorted({score.games for comparison in comparisons for score in comparison.scores})
    table = Table(title=f"{' or '.join(map(str, games))} unseen games")
    return _filled(table, comparisons, [score_sheet(c) for c in comparisons], reasons(comparisons))


def pairs_table(comparisons: Sequence[Comparison]) -> Table:
    """Return the difference of every two, adjusted by Holm, and the probability of improvement."""
    table = Table(title=f"pairs of configs, {how_paired(comparisons[0])}")
    sheets = [pair_sheet(comparison) for comparison in comparisons]
    return _filled(table, comparisons, sheets, adjusted(comparisons[0]))


def _filled(
    table: Table, comparisons: Sequence[Comparison], sheets: Sequence[Sheet], caption: str
) -> Table:
    """Fill in the sheets, each below its metric."""
    for column in sheets[0].columns:
        table.add_column(column, overflow="fold")  # never cut: two configs would read the same
    for comparison, sheet in zip(comparisons, sheets, strict=True):
        table.add_row(strong(comparison.metric))
        for row in sheet.rows:
            table.add_row(*map(_marked, row))
        table.add_section()
    table.caption = caption or None
    return table


def _marked(cell: Cell) -> Text:
    return strong(cell.text) if cell.strong else Text(printable(cell.text))
