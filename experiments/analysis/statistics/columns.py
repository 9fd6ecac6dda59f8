"""Statistics of all games of a config together: a comparison has a column for each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

# From (games,) to a number. Those of one's own go here; mean and IQM have intervals besides.
STATISTICS: dict[str, Callable[[np.ndarray], float]] = {
    "median": lambda scores: float(np.median(scores)),
}
