"""Tables before they are written down anywhere: in the terminal, a page, or a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from experiments.analysis.comparison import Comparison, Pair
from experiments.analysis.metrics import METRICS
from experiments.analysis.statistics.columns import STATISTICS
from experiments.analysis.statistics.confidence import Estimate


class Cell(NamedTuple):
    """What stands in a table; what is strong differs from zero."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table: the first column names what a row is about.

    Attributes:
        name: short, for files and references.
        title: above it.
        columns: headings.
        rows: as wide as the headings.
        caption: how to read it; "" for nothing.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""


def show(estimate: Estimate, form: str, sign: bool = False) -> str:
    """Return "value [low, high]" in a format such as ".2f"; the value alone without interval."""
    value = f"{estimate.value:{'+' if sign else ''}{form}}"
    return value if estimate.why else f"{value} [{estimate.low:{form}}, {estimate.high:{form}}]"


def show_p(p: float) -> str:
    """Return a p-value to three places; a dash where there is none."""
    if p != p:
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def score_sheet(comparison: Comparison) -> Sheet:
    """Every config in one metric: a row each."""
    form = METRICS[comparison.metric].form
    rows = [
        [
            Cell(score.config),
            Cell(f"{score.seeds} × {score.games}"),
            Cell(show(score.mean, form)),
            Cell(show(score.iqm, form)),
            *(Cell(f"{score.others[name]:{form}}") for name in STATISTICS),
        ]
        for score in comparison.scores
    ]
    columns = ("config", "seeds × games", "mean", "IQM", *STATISTICS)
    caption = f"In brackets: 95 % intervals. {reasons([comparison])}".strip()
    return Sheet(f"{comparison.metric}-scores", comparison.metric, columns, rows, caption)


def pair_sheet(comparison: Comparison) -> Sheet:
    """Every two configs in one metric: a row each."""
    form = METRICS[comparison.metric].form
    rows = [
        [
            Cell(f"{pair.a} − {pair.b}"),
            difference_cell(pair, form),
            Cell(show_p(pair.adjusted_p)),
            Cell(show(pair.improvement, ".2f")),
        ]
        for pair in comparison.pairs
    ]
    columns = ("A − B", "difference", "p", "P(A > B)")
    title = f"{comparison.metric}: differences, {how_paired(comparison)}"
    return Sheet(f"{comparison.metric}-pairs", title, columns, rows, adjusted(comparison))


def overview_sheet(comparisons: Sequence[Comparison]) -> Sheet:
    """Every config's mean in every metric."""
    scores = list(zip(*(comparison.scores for comparison in comparisons), strict=True))
    rows = [
        [Cell(row[0].config)]
        + [
            Cell(show(score.mean, METRICS[comparison.metric].form))
            for score, comparison in zip(row, comparisons, strict=True)
        ]
        for row in scores
    ]
    columns = ("config", *(comparison.metric for comparison in comparisons))
    caption = f"Means over training seeds and unseen games, 95 % intervals. {reasons(comparisons)}"
    return Sheet("overview", "All metrics", columns, rows, caption.strip())


def difference_cell(pair: Pair, form: str) -> Cell:
    """Return a difference with Holm's interval, strong where that excludes zero."""
    return Cell(show(pair.adjusted, form, sign=True), pair.adjusted.excludes_zero)


def how_paired(comparison: Comparison) -> str:
    """Whether games were compared one by one."""
    return "paired by game" if all(p.paired for p in comparison.pairs) else "games that differ"


def adjusted(comparison: Comparison) -> str:
    """How p and intervals of pairs are to be read."""
    pairs = len(comparison.pairs)
    many = f", by Holm for {pairs} pairs" if pairs > 1 else ""
    return f"p and interval of the difference at 5 %{many}; bold: excludes zero."


def reasons(comparisons: Sequence[Comparison]) -> str:
    """Says why some mean has no interval; "" if all have one."""
    found: dict[str, list[str]] = {}
    for comparison in comparisons:
        for score in comparison.scores:
            if score.mean.why:
                found.setdefault(score.mean.why, []).append(score.config)
    said = [f"{', '.join(dict.fromkeys(configs))}: {why}" for why, configs in found.items()]
    return f"Without interval: {'; '.join(said)}." if said else ""
