"""Numbers of games as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.table import Table

from experiments.compare.statistics import Estimate, bootstrap, mean, median, paired_difference
from experiments.files import Row

METRICS = {
    "points": ",.1f",
    "progression": ".4f",
    "max_depth": ".2f",
    "turns": ",.0f",
    "keystrokes": ",.0f",
    "reward": ",.3f",
}
SEED = 0  # of the resamples: the same games give the same table


def column(rows: Sequence[Row], metric: str) -> np.ndarray:
    """Returns one metric of every game: (n,)."""
    return np.array([row[metric] for row in rows], dtype=float)


def show(estimate: Estimate, form: str, sign: bool = False) -> str:
    """Returns "value [low, high]" in a format such as ".2f"."""
    lead = "+" if sign else ""
    return f"{estimate.value:{lead}{form}} [{estimate.low:{form}}, {estimate.high:{form}}]"


def evaluation_table(title: str, rows: Sequence[Row]) -> Table:
    """Returns mean with 95 % interval and median of each metric."""
    table = Table("", "mean [95 % interval]", "median", title=title)
    rng = np.random.default_rng(SEED)
    for metric, form in METRICS.items():
        values = column(rows, metric)
        table.add_row(metric, show(bootstrap(values, mean, rng), form), f"{median(values):{form}}")
    return table


def difference_table(
    title: str, a: Sequence[Row], b: Sequence[Row], names: tuple[str, str]
) -> Table:
    """Returns the means of two agents on the same games, and their paired difference.

    Args:
        title: above the table.
        a, b: rows of the same seeds in the same order.
        names: of a and b.
    """
    difference = "difference [95 % interval]"
    table = Table("mean", *names, difference, title=title, caption="bold: excludes zero")
    rng = np.random.default_rng(SEED)
    for metric, form in METRICS.items():
        ours, theirs = column(a, metric), column(b, metric)
        estimate = paired_difference(ours, theirs, rng)
        shown = show(estimate, form, sign=True)
        table.add_row(
            metric,
            f"{mean(ours):{form}}",
            f"{mean(theirs):{form}}",
            f"[bold]{shown}[/bold]" if estimate.excludes_zero else shown,
        )
    return table
