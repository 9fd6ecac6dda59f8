"""An estimate, and how sure one can be of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

LEVEL = 0.95


class Bounds(NamedTuple):
    """The range of what is possible, such as 0 to 1 for a probability; both ends may be reached."""

    low: float = -math.inf
    high: float = math.inf

    def of_difference(self) -> Bounds:
        """Return the range of the difference of two such numbers."""
        return Bounds(self.low - self.high, self.high - self.low)


ANYTHING = Bounds()


class Estimate(NamedTuple):
    """A statistic with its confidence interval, in the units of the sample.

    Attributes:
        value: the statistic.
        low, high: the interval; NaN where none can be given.
        why: why none can be given; "" if it is.
    """

    value: float
    low: float
    high: float
    why: str = ""

    @property
    def excludes_zero(self) -> bool:
        """Whether there is an interval, and zero lies outside."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, eq=False)
class Confidence:
    """A statistic with its confidence distribution (Xie & Singh, 2013): any interval, and p.

    Both are read off the same draws, so a p-value is at most 1 − level just where the interval of
    that level excludes the value that was asked about.

    Attributes:
        value: the statistic.
        draws: (draws,), ascending: where the truth may lie; empty where nothing can be said.
        why: why nothing can be said; "" otherwise.
    """

    value: float
    draws: np.ndarray
    why: str = ""

    def interval(self, level: float = LEVEL, bounds: Bounds = ANYTHING) -> Estimate:
        """Return the interval with equal tails of that level, such as 0.95.

        What lies beyond `bounds` is cut off: the truth does not lie there, so the interval holds it
        as often as before.
        """
        if self.why:
            return Estimate(self.value, math.nan, math.nan, self.why)
        # The k-th of m draws is the k / (m + 1) quantile (Davison & Hinkley, 1997, section 2.3).
        k = max(1, math.floor((len(self.draws) + 1) * (1 - level) / 2 + 1e-9))
        low, high = np.clip([self.draws[k - 1], self.draws[-k]], *bounds)
        return Estimate(self.value, float(low), float(high))

    def p_value(self, null: float = 0.0) -> float:
        """Return the two-sided p-value of the truth being `null`; NaN where nothing can be said."""
        if self.why:
            return 1.0 if self.value == null else math.nan
        below = np.searchsorted(self.draws, null, side="right")
        above = len(self.draws) - np.searchsorted(self.draws, null, side="left")
        return float(min(1.0, 2 * (1 + min(below, above)) / (len(self.draws) + 1)))


def unknown(value: float, why: str) -> Confidence:
    """Return a statistic of which one can't say how sure it is."""
    return Confidence(float(value), np.empty(0), why)


def confidence(value: float, errors: np.ndarray) -> Confidence:
    """Return a statistic whose errors, statistic minus truth, are distributed like these:
    (draws,).
    """
    return Confidence(float(value), np.sort(value - errors))
