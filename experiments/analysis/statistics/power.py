"""How many games it would take to tell two policies apart."""

from __future__ import annotations

import math

from scipy.special import ndtri, stdtrit

from experiments.analysis.statistics.confidence import LEVEL
from experiments.analysis.statistics.cumulants import Cumulants

POWER = 0.8


def games_to_tell(
    difference: float,
    game: Cumulants,
    seeds: float = 0.0,
    level: float = LEVEL,
    power: float = POWER,
) -> float:
    """Games that tell a difference from zero with that power, if it is what it seems.

    n = (c + t_power √v)² variance / difference² (Cohen, 1988), solved for n itself, where c is how
    many standard errors our interval reaches towards zero, and v the variance of mean − c · se in
    games of that skew: both by the Edgeworth expansions of Hall (1988), and both times 1 + 2 / n,
    as our intervals of few games are. Without skew it is the textbook's number and a few more.

    Args:
        difference: of the means.
        game: the cumulants of the difference within a pair of games; for games that are not paired,
            of one policy's games less those of the other's.
        seeds: variance of the difference by training seeds, which more games do not lessen.
        level: of the interval that should exclude zero, such as 0.95.
        power: the probability that it does.

    Returns:
        A whole number, at least 2; infinite where no number of games would do.
    """
    skew = math.copysign(1, difference) * game.skew  # negative: the long tail reaches to zero

    def enough(n: int) -> bool:
        reach = _reach(n, skew, game.kurtosis, level)
        spread = 1 + reach**2 * (game.kurtosis + 2) / (4 * n) - reach * skew / math.sqrt(n)
        tail = float(stdtrit(n - 1, power)) * math.sqrt(max(0.0, spread))
        needed = (1 + 2 / n) * (reach + tail)
        return needed**2 * (game.variance / n + seeds) <= difference**2

    most = 1 << 40
    if difference == 0 or not enough(most):
        return math.inf
    low, high = 1, most  # 1 is not enough, `most` is
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(high)


def _reach(n: int, skew: float, kurtosis: float, level: float) -> float:
    """Return how many standard errors the interval of n differences reaches towards zero, but for
    the factor 1 + 2 / n: the wider of that with equal tails and the symmetric one counts.
    """
    t, z = float(stdtrit(n - 1, (1 + level) / 2)), float(ndtri((1 + level) / 2))
    equal_tails = max(0.0, -skew) * (2 * z**2 + 1) / (6 * math.sqrt(n))
    tails = skew**2 * (z**4 + 2 * z**2 - 3) / 18 - kurtosis * (z**2 - 3) / 12
    return t + max(equal_tails, z * tails / n)
