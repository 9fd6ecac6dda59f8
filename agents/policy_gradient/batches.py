"""The decisions of a round, dealt out to the steps of an optimiser."""

from __future__ import annotations

import math

import numpy as np


def even_batches(n: int, size: int | None, rng: np.random.Generator) -> list[np.ndarray]:
    """Return the indices 0 to n - 1, shuffled, in as few batches of at most `size` as it takes.

    Their sizes differ by at most one. A small rest would not do as a batch: an optimiser such as
    Adam makes as long a step for one decision as for a thousand.

    Args:
        n: decisions, at least 1.
        size: None for all of them at once.
        rng: shuffles.
    """
    return np.array_split(rng.permutation(n), 1 if size is None else math.ceil(n / size))
