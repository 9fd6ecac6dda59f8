"""What a sample of games says, and how sure one can be. Plain functions from arrays to arrays.

Intervals are percentile bootstrap (Efron, 1979); the aggregates are those that Agarwal et al.
(2021), *Deep Reinforcement Learning at the Edge of the Statistical Precipice*, recommend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Statistic = Callable[[np.ndarray], np.ndarray]
RESAMPLES = 4_000
CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """A statistic of a sample with its confidence interval, in the sample's units."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside the interval."""
        return self.low > 0 or self.high < 0


def mean(values: np.ndarray) -> np.ndarray:
    """Mean over the last axis: (…, n) to (…)."""
    return np.mean(values, axis=-1)


def median(values: np.ndarray) -> np.ndarray:
    """Median over the last axis: (…, n) to (…)."""
    return np.median(values, axis=-1)


def iqm(values: np.ndarray) -> np.ndarray:
    """Interquartile mean over the last axis, (…, n) to (…): the mean of the middle half.

    ``floor(n / 4)`` values are cut off at each end, as `scipy.stats.trim_mean(values, 0.25)` does.
    """
    n = values.shape[-1]
    cut = n // 4
    return np.mean(np.sort(values, axis=-1)[..., cut : n - cut], axis=-1)


def bootstrap(
    values: np.ndarray, statistic: Statistic, rng: np.random.Generator, resamples: int = RESAMPLES
) -> Estimate:
    """A statistic of one sample, with its 95 % percentile bootstrap interval.

    Args:
        values: (n,), n ≥ 1.
        statistic: (…, n) to (…).
        rng: draws the resamples.
        resamples: how many.
    """
    values = np.asarray(values, dtype=float)
    drawn = values[rng.integers(len(values), size=(resamples, len(values)))]
    return _estimate(statistic(values), statistic(drawn))


def paired_difference(a: np.ndarray, b: np.ndarray, rng: np.random.Generator) -> Estimate:
    """The mean of a - b over pairs, with its 95 % interval: games that share a seed are a pair.

    Args:
        a, b: (n,), in the same order of seeds.
        rng: draws the resamples, which keep pairs together.

    Raises:
        ValueError: when a and b differ in length.
    """
    if len(a) != len(b):
        raise ValueError(f"pairs need samples of one length, not {len(a)} and {len(b)}")
    return bootstrap(np.subtract(a, b, dtype=float), mean, rng)


def difference(a: np.ndarray, b: np.ndarray, rng: np.random.Generator) -> Estimate:
    """mean(a) - mean(b) of two samples that are not paired, with its 95 % interval.

    Args:
        a, b: (n,) and (m,).
        rng: draws the resamples, of each sample on its own.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    drawn_a = mean(a[rng.integers(len(a), size=(RESAMPLES, len(a)))])
    drawn_b = mean(b[rng.integers(len(b), size=(RESAMPLES, len(b)))])
    return _estimate(float(mean(a) - mean(b)), drawn_a - drawn_b)


def probability_of_improvement(
    a: np.ndarray, b: np.ndarray, rng: np.random.Generator, resamples: int = RESAMPLES
) -> Estimate:
    """P(A > B) + ½ P(A = B) for a game of each, with its 95 % interval.

    This is Mann and Whitney's U over the number of pairs (Agarwal et al., 2021, section 4.3).

    Args:
        a, b: (n,) and (m,).
        rng: draws the resamples of a and of b.
        resamples: how many.
    """
    wins = np.sign(np.subtract.outer(np.asarray(a, float), np.asarray(b, float))) / 2 + 0.5
    n, m = wins.shape
    # A resample is fixed by how often it drew each game: one matrix product instead of n·m picks.
    times_a = rng.multinomial(n, np.full(n, 1 / n), size=resamples)
    times_b = rng.multinomial(m, np.full(m, 1 / m), size=resamples)
    drawn = np.einsum("ri,ri->r", times_a @ wins, times_b) / (n * m)
    return _estimate(np.mean(wins), drawn)


def running_mean(values: np.ndarray, window: int) -> np.ndarray:
    """The mean of each value and those before it, at most `window` in all: (n,) to (n,)."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - window, 0)
    return (sums[ends] - sums[starts]) / (ends - starts)


def _estimate(value: np.ndarray | float, drawn: np.ndarray) -> Estimate:
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return Estimate(float(value), float(low), float(high))
