"""Whole numbers as floating-point ones."""

from __future__ import annotations

import numpy as np


def as_floats(x: np.ndarray) -> np.ndarray:
    """Return integers and truth values as float64, floats as they are.

    Differences of small integers wrap around: 100 - (-100) is -56 in int8.
    """
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)
