"""What futures say of macro-actions, and with how much doubt. Plain functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import norm

from envs.futures import Future, Lost
from experiments.analysis.metrics import METRICS
from experiments.analysis.statistics.confidence import LEVEL, Estimate
from experiments.analysis.statistics.differences import independent_difference
from experiments.analysis.statistics.hierarchical import mean
from experiments.analysis.statistics.resampling import Resamples

MEASURES: dict[str, Callable[[Future], float]] = {
    "survival": lambda future: float(future.survived),
    "progression": lambda future: future.progression,
    "points": lambda future: future.points,
    "reward": lambda future: future.reward,
}
FORMATS = {"survival": ".2f", "progression": ".4f", "points": ",.0f", "reward": ",.3f"}
SEED, RESAMPLES = 0, 3_999  # of the bootstrap


@dataclass
class Futures:
    """The futures of one macro-action at one decision."""

    action: int
    played: list[Future] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def add(self, future: Future | Lost) -> None:
        """Take another one."""
        if isinstance(future, Lost):
            self.lost.append(future)
        else:
            self.played.append(future)

    def values(self, measure: str, half: int | None = None) -> np.ndarray:
        """(n,): a measure of every future, or of those with even (0) or odd (1) numbers."""
        chosen = [f for f in self.played if half is None or f.index % 2 == half]
        return np.array([MEASURES[measure](future) for future in chosen], dtype=float)


def estimate(values: np.ndarray, measure: str) -> Estimate:
    """Return the mean with its 95 % interval: of survival Wilson's (1927), else the bootstrap's."""
    if measure == "survival":
        return wilson(int(values.sum()), len(values))
    return mean(values, _resamples()).interval(bounds=METRICS[measure].bounds)


def difference(a: np.ndarray, b: np.ndarray, measure: str) -> Estimate:
    """mean(a) − mean(b) with its 95 % interval: of survival Newcombe's (1998), else bootstrap's.

    Args:
        a, b: (n,) and (m,), not paired.
    """
    if measure == "survival":
        return newcombe(wilson(int(a.sum()), len(a)), wilson(int(b.sum()), len(b)))
    resamples, bounds = _resamples(), METRICS[measure].bounds.of_difference()
    found = independent_difference(mean(a, resamples), mean(b, resamples), resamples)
    return found.interval(bounds=bounds)


def _resamples() -> Resamples:
    """Return the same for each call: the same futures give the same table."""
    return Resamples(np.random.default_rng(SEED), RESAMPLES)


def wilson(successes: int, n: int) -> Estimate:
    """Return a share with Wilson's (1927) score interval, which holds for few trials and shares
    near 1.
    """
    z = norm.isf((1 - LEVEL) / 2)
    share, scale = successes / n, 1 + z**2 / n
    middle = (share + z**2 / (2 * n)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return Estimate(share, max(middle - half, 0.0), min(middle + half, 1.0))


def newcombe(a: Estimate, b: Estimate) -> Estimate:
    """Return the difference of two shares from their Wilson intervals (Newcombe, 1998, method
    10).
    """
    value = a.value - b.value
    low = value - math.hypot(a.value - a.low, b.high - b.value)
    high = value + math.hypot(a.high - a.value, b.value - b.low)
    return Estimate(value, low, high)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What looked best on one half of the futures, judged on the other half.

    Attributes:
        best: the action.
        gain: over the action that was played, on the other half.
    """

    best: int
    gain: Estimate


def judge(found: Iterable[Futures], played: int, measure: str) -> Verdict | None:
    """Chooses the best action by the futures with even numbers, and judges it by the odd ones.

    The best of many estimates is too good by its luck: judged on futures that had no say in the
    choice, it is not.

    Args:
        found: of every action, the played one among them.
        played: the action of the game itself.
        measure: of `MEASURES`.

    Returns:
        None when either half has no future of some action that is needed.
    """
    by_action = {futures.action: futures for futures in found}
    halves = {a: (f.values(measure, 0), f.values(measure, 1)) for a, f in by_action.items()}
    seen = {action: float(even.mean()) for action, (even, _) in halves.items() if len(even)}
    if played not in seen:
        return None
    best = max(seen, key=lambda action: (seen[action], action == played))
    ours, theirs = halves[best][1], halves[played][1]
    if not (len(ours) and len(theirs)):
        return None
    if best == played:
        return Verdict(best, Estimate(0.0, 0.0, 0.0))
    return Verdict(best, difference(ours, theirs, measure))


def ranked(found: Sequence[Futures], measure: str) -> list[Futures]:
    """Those with any futures, best first."""
    return sorted(
        (f for f in found if f.played), key=lambda f: (-float(f.values(measure).mean()), f.action)
    )
