"""Learning curves, smoothed."""

from __future__ import annotations

import numpy as np


def running_mean(values: np.ndarray, window: int) -> np.ndarray:
    """The mean of each value and those before it, at most `window` in all: (n,) to (n,)."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - window, 0)
    return (sums[ends] - sums[starts]) / (ends - starts)
