"""How a number went over the games so far, drawn with block characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BLOCKS = " ▁▂▃▄▅▆▇█"
EIGHTHS = len(BLOCKS) - 1  # of a row
FEWEST = 4  # games that make a curve
LABEL = 10  # columns


def curve_lines(name: str, values: Sequence[float], columns: int, rows: int) -> list[str]:
    """Return a curve of the values, averaged over as many in a row as a column stands for.

    Args:
        name: of the number, for the heading.
        values: one for each game, in order.
        columns: at most so many, labels included.
        rows: of the curve; there is a heading above it.

    Returns:
        No lines for too few values to draw.
    """
    if len(values) < FEWEST:
        return []
    means, size = _columns(values, max(columns - LABEL - 2, 1))
    averaged = f", mean of {size} in a row" if size > 1 else ""
    labels = [""] * rows
    labels[-1], labels[0] = _label(means.min()), _label(means.max())
    drawn = zip(labels, _drawn(means, rows), strict=True)
    heading = f"{name} of {len(values):,} games{averaged}"
    return [heading, *(f"{label:>{LABEL}} │{line}" for label, line in drawn)]


def _columns(values: Sequence[float], columns: int) -> tuple[np.ndarray, int]:
    """Return the mean of every column, and how many values each stands for."""
    size = -(-len(values) // columns)
    starts = np.arange(0, len(values), size)
    sums = np.add.reduceat(np.asarray(values, dtype=float), starts)
    return sums / np.diff([*starts, len(values)]), size


def _label(value: float) -> str:
    return f"{value:,.4g}"


def _drawn(means: np.ndarray, rows: int) -> list[str]:
    """Return rows of blocks, the highest first; the lowest mean has one eighth of a row."""
    low, high = means.min(), means.max()
    share = (means - low) / (high - low) if high > low else np.full(len(means), 0.5)
    heights = np.rint(1 + share * (EIGHTHS * rows - 1)).astype(int)
    return [
        "".join(BLOCKS[step] for step in np.clip(heights - EIGHTHS * row, 0, EIGHTHS))
        for row in reversed(range(rows))
    ]
