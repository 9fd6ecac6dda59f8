"""Numbers of games as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.table import Table

from experiments.analysis.statistics import (
    Estimate,
    bootstrap,
    difference,
    mean,
    median,
    paired_difference,
)
from experiments.files import Row

METRICS = {
    "success": ".3f",
    "points": ",.1f",
    "progression": ".4f",
    "max_depth": ".2f",
    "turns": ",.0f",
    "keystrokes": ",.0f",
    "reward": ",.3f",
}
SEED = 0  # of the resamples: the same games give the same table


def metrics_of(*samples: Sequence[Row]) -> dict[str, str]:
    """Returns the metrics worth showing: success only where some game had any."""
    succeeded = any(row.get("success") for rows in samples for row in rows)
    return {name: form for name, form in METRICS.items() if name != "success" or succeeded}


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
    for metric, form in metrics_of(rows).items():
        values = column(rows, metric)
        table.add_row(metric, show(bootstrap(values, mean, rng), form), f"{median(values):{form}}")
    return table


def difference_table(
    title: str, a: Sequence[Row], b: Sequence[Row], names: tuple[str, str], paired: bool = True
) -> Table:
    """Returns the means of two sets of games, and their difference.

    Args:
        title: above the table.
        a, b: rows; of the same seeds in the same order if paired.
        names: of a and b.
        paired: whether games are compared one by one, or the sets as wholes.
    """
    compare = paired_difference if paired else difference
    heading = "difference [95 % interval]"
    table = Table("mean", *names, heading, title=title, caption="bold: excludes zero")
    rng = np.random.default_rng(SEED)
    for metric, form in metrics_of(a, b).items():
        ours, theirs = column(a, metric), column(b, metric)
        estimate = compare(ours, theirs, rng)
        shown = show(estimate, form, sign=True)
        table.add_row(
            metric,
            f"{mean(ours):{form}}",
            f"{mean(theirs):{form}}",
            f"[bold]{shown}[/bold]" if estimate.excludes_zero else shown,
        )
    return table
