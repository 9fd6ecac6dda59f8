"""Numbers of games as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Column, Table

from experiments.analysis.comparison import Comparison, Pair, compare
from experiments.analysis.metrics import METRICS, metrics_of
from experiments.analysis.statistics.columns import STATISTICS
from experiments.analysis.statistics.confidence import Estimate
from experiments.files import Row


def show(estimate: Estimate, form: str, sign: bool = False) -> str:
    """Returns "value [low, high]" in a format such as ".2f"; the value alone without interval."""
    value = f"{estimate.value:{'+' if sign else ''}{form}}"
    return value if estimate.why else f"{value} [{estimate.low:{form}}, {estimate.high:{form}}]"


def show_p(p: float) -> str:
    """Returns a p-value to three places; a dash where there is none."""
    if p != p:
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def evaluation_table(title: str, rows: Sequence[Row]) -> Table:
    """Returns mean with 95 % interval and median of each metric."""
    table = Table("", "mean [95 % interval]", "median", title=title)
    comparisons = compare({"": {0: rows}}, metrics_of(rows))
    for metric, comparison in comparisons.items():
        score, form = comparison.scores[0], METRICS[metric].form
        table.add_row(metric, show(score.mean, form), f"{score.others['median']:{form}}")
    table.caption = _reasons(comparisons.values())
    return table


def difference_table(
    title: str, a: Sequence[Row], b: Sequence[Row], names: tuple[str, str]
) -> Table:
    """Returns the means of two sets of games, and their difference: paired if they are the same.

    Args:
        title: above the table.
        a, b: rows.
        names: of a and b.
    """
    table = Table("mean", *names, "difference [95 % interval]", title=title)
    comparisons = compare({"a": {0: a}, "b": {0: b}}, metrics_of(a, b))
    for metric, comparison in comparisons.items():
        form, (pair,) = METRICS[metric].form, comparison.pairs
        means = (f"{score.mean.value:{form}}" for score in comparison.scores)
        table.add_row(metric, *means, _difference(pair, form))
    table.caption = _reasons(comparisons.values()) or "bold: excludes zero"
    return table


def summary_table(comparisons: Sequence[Comparison]) -> Table:
    """Returns mean and interquartile mean with their 95 % intervals, and each of `STATISTICS`."""
    table = Table(_names("run"), "mean", "IQM", *STATISTICS, title=_title(comparisons[0]))
    for comparison in comparisons:
        form = METRICS[comparison.metric].form
        table.add_row(f"[bold]{comparison.metric}[/bold]")
        for score in comparison.scores:
            others = (f"{score.others[name]:{form}}" for name in STATISTICS)
            cells = show(score.mean, form), show(score.iqm, form), *others
            table.add_row(escape(score.config), *cells)
        table.add_section()
    table.caption = _reasons(comparisons)
    return table


def pairs_table(comparisons: Sequence[Comparison]) -> Table:
    """Returns the difference of every two, adjusted by Holm, and the probability of improvement."""
    pairs = comparisons[0].pairs
    paired = "paired by game" if all(pair.paired for pair in pairs) else "games that differ"
    table = Table(_names("A − B"), "difference", "p", "P(A > B)", title=f"pairs of runs, {paired}")
    for comparison in comparisons:
        table.add_row(f"[bold]{comparison.metric}[/bold]")
        for pair in comparison.pairs:
            cells = show_p(pair.adjusted_p), show(pair.improvement, ".2f")
            names = escape(f"{pair.a} − {pair.b}")
            table.add_row(names, _difference(pair, METRICS[comparison.metric].form), *cells)
        table.add_section()
    many = f", by Holm for {len(pairs)} pairs" if len(pairs) > 1 else ""
    table.caption = f"p and interval of the difference at 5 %{many}; bold: excludes zero"
    return table


def _names(header: str) -> Column:
    return Column(header, overflow="fold")  # never cut: two runs would read the same


def _difference(pair: Pair, form: str) -> str:
    shown = show(pair.adjusted, form, sign=True)
    return f"[bold]{shown}[/bold]" if pair.adjusted.excludes_zero else shown


def _title(comparison: Comparison) -> str:
    games = sorted({score.games for score in comparison.scores})
    return f"{' or '.join(map(str, games))} unseen games"


def _reasons(comparisons: Iterable[Comparison]) -> str | None:
    """Says why some mean has no interval."""
    reasons = {
        f"{comparison.metric}: {score.mean.why}"
        for comparison in comparisons
        for score in comparison.scores
        if score.mean.why
    }
    few = sorted({reason.partition(": ")[2] for reason in reasons})
    return f"without interval: {', '.join(few)}" if few else None
