"""Learning curves, smoothed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

POINTS = 40  # of a curve, at most: so many can be told apart on a page
LEAST = 10  # games whose mean is worth a point


class Windows(NamedTuple):
    """Means of windows that follow one another and do not overlap.

    Attributes:
        middle: (w,), where each lies, counted from 1.
        mean: (w,), of each.
        error: (w,), the standard error of each mean; 0 for a window of one.
    """

    middle: np.ndarray
    mean: np.ndarray
    error: np.ndarray


def window_of(games: int) -> int:
    """How many games make a point of the curve of so many."""
    return max(1, min(LEAST, games // 4), -(-games // POINTS))


def windows(values: np.ndarray, window: int) -> Windows:
    """Cuts (n,) into windows, the last of which may be longer by less than one window."""
    count = max(1, len(values) // window)
    parts = [values[i * window : (i + 1) * window if i < count - 1 else None] for i in range(count)]
    sizes = np.array([len(part) for part in parts])
    starts = np.cumsum(sizes) - sizes
    errors = [part.std(ddof=1) / len(part) ** 0.5 if len(part) > 1 else 0.0 for part in parts]
    means = np.array([part.mean() for part in parts])
    return Windows(starts + (sizes + 1) / 2, means, np.array(errors))
