"""How many games it would take to tell two policies apart."""

from __future__ import annotations

import math

from scipy.special import stdtrit

from experiments.analysis.statistics.confidence import LEVEL

POWER = 0.8


def games_to_tell(
    difference: float, spread: float, seeds: float = 0.0, level: float = LEVEL, power: float = POWER
) -> float:
    """Games that tell a difference from zero with that power, if it is what it seems.

    n = (f t₁₋α/₂ + t_power)² spread² / difference² (Cohen, 1988), solved with Student's t for n
    itself, and with f = 1 + 2 / n, by which our intervals of few games are wider than Student's.

    Args:
        difference: of the means.
        spread: standard deviation of the difference within a pair of games; for games that are not
            paired, the root of the sum of both variances.
        seeds: variance of the difference by training seeds, which more games do not lessen.
        level: of the interval that should exclude zero, such as 0.95.
        power: the probability that it does.

    Returns:
        A whole number, at least 2; infinite where no number of games would do.
    """

    def enough(n: int) -> bool:
        interval, tail = stdtrit(n - 1, [(1 + level) / 2, power])  # quantiles of Student's t
        needed = (1 + 2 / n) * interval + tail
        return bool(needed**2 * (spread**2 / n + seeds) <= difference**2)

    most = 1 << 40
    if not enough(most):
        return math.inf
    low, high = 1, most  # 1 is not enough, `most` is
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(high)
