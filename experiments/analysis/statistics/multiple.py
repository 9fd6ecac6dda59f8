"""Several comparisons at once: Holm's adjustment (Holm, 1979), of p-values and of intervals.

Of twenty comparisons between equal agents one looks different at the 5 % level by chance alone.
Holm keeps the chance that *any* does at 5 %, whatever the comparisons have to do with each other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.statistics.confidence import LEVEL


def holm(p_values: ArrayLike) -> np.ndarray:
    """Holm-adjusted p-values: (comparisons,) to (comparisons,).

    NaN, where nothing was compared, stays NaN and does not count.
    """
    p = np.asarray(p_values, dtype=float)
    order = _ascending(p)
    steps = len(order) - np.arange(len(order))
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(steps * p[order]))
    return adjusted


def holm_levels(p_values: ArrayLike, level: float = LEVEL) -> np.ndarray:
    """Levels of the intervals that say the same as Holm's adjusted p-values: (comparisons,).

    The comparison at step i of m is tested at (1 − level) / (m − i + 1), until one is not rejected;
    that one and the rest have its level (Serlin, 1993, "Holm on the range"). NaN where p is.
    """
    p = np.asarray(p_values, dtype=float)
    order = _ascending(p)
    rejected = int(np.sum(holm(p) <= 1 - level + 1e-12))
    step = np.minimum(np.arange(len(order)), rejected)
    levels = np.full(len(p), np.nan)
    levels[order] = 1 - (1 - level) / (len(order) - np.minimum(step, len(order) - 1))
    return levels


def _ascending(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p, kind="stable")  # NaN comes last
    return order[: np.count_nonzero(~np.isnan(p))]
