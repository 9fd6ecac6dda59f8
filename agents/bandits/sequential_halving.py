"""Finds the best of many arms with a fixed number of pulls."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

Pull = Callable[[Sequence[int], int, int], np.ndarray]


def sequential_halving(pull: Pull, n_arms: int, budget: int, keep: int = 1) -> list[int]:
    """Sequential halving (Karnin, Koren & Somekh, 2013, algorithm 1).

    The budget is dealt out evenly to ⌈log2(n / keep)⌉ rounds. A round deals its share evenly to the
    arms still in the race and drops the worse half of them: the fewer are left, the better each
    one is known. The paper looks at the pulls of a round alone; here all pulls of an arm count.

    Args:
        pull: takes arms, the number of pulls that each has had, and how many more; returns their
            rewards, (arms, pulls), NaN for a pull that failed.
        n_arms: at least 1.
        budget: pulls in all. Every arm gets one in each of its rounds, even beyond the budget.
        keep: the arms left at the end.

    Returns:
        The arms left, best first; of two that look alike, the lower one.
    """
    left = list(range(n_arms))
    rounds = max(1, math.ceil(math.log2(n_arms / keep)))
    sums, counts, pulled = np.zeros(n_arms), np.zeros(n_arms), 0
    for _ in range(rounds):
        times = max(1, budget // (len(left) * rounds))
        rewards = pull(left, pulled, times)
        sums[left] += np.nansum(rewards, axis=1)
        counts[left] += np.isfinite(rewards).sum(axis=1)
        pulled += times
        means = np.where(counts > 0, sums / np.maximum(counts, 1), -np.inf)
        left.sort(key=lambda arm: (-means[arm], arm))
        left = left[: max(keep, math.ceil(len(left) / 2))]  # `keep` of them in the last round
    return left
