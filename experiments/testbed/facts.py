"""Verdicts: is what was seen what should be, as far as so many runs can tell?

Every judgement allows for chance by `SIGMAS` standard errors of what was seen, so that many runs
are judged strictly and few mildly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from experiments.testbed.experiment import Row
from experiments.testbed.simulate import Outcome

AGREES, UNCLEAR, DIFFERS = "agrees", "too few runs", "DIFFERS"
SIGMAS = 4.0  # one sound row in 16,000 differs by chance
EXACT = "exact"  # of an expected value that theory.py or a line of algebra gives


@dataclass(frozen=True, slots=True)
class Seen:
    """A mean over runs, with its standard error: 0 for what is expected, which has none.

    `runs` (R,) are the runs' own numbers, where they are known.
    """

    value: float
    error: float = 0.0
    runs: np.ndarray | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        size = abs(self.value)
        return f"{self.value:.3f}" if size < 10 else f"{self.value:,.{int(size < 100)}f}"


class Share(Seen):
    """The same, shown in percent."""

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} %"


def level(values: np.ndarray) -> Seen:
    """Return the mean of one number per run."""
    return Seen(*_mean(values), values)


def share(values: np.ndarray) -> Share:
    """Return the mean of one share per run."""
    return Share(*_mean(values), values)


def share_at(outcome: Outcome, step: int) -> Share:
    """Return the share of optimal choices at a step, counted from 1."""
    p, runs = float(outcome.optimal[step - 1]), outcome.runs
    return Share(p, math.sqrt(max(p * (1 - p), 1 / runs) / runs))


def reward_at(outcome: Outcome, step: int) -> Seen:
    """Return the average reward at a step, counted from 1."""
    return Seen(float(outcome.reward[step - 1]), float(outcome.reward_error[step - 1]))


def regret_at(outcome: Outcome, step: int) -> Seen:
    """Return the cumulative regret after so many steps."""
    return Seen(float(outcome.regret[step - 1]), float(outcome.regret_error[step - 1]))


def growth(outcome: Outcome, first: int, last: int, unit: float) -> Seen:
    """Return the regret from one step to another, per unit; its error is at most both errors'
    sum.
    """
    low, high = regret_at(outcome, first), regret_at(outcome, last)
    return Seen((high.value - low.value) / unit, (high.error + low.error) / unit)


def equal(
    figure: str, what: str, expected: Seen, source: str, seen: Seen, tolerance: float = 0.0
) -> Row:
    """Seen must be what is expected, give or take `tolerance` (of what is said roughly)."""
    near = abs(seen.value - expected.value) <= tolerance + SIGMAS * seen.error + 1e-12
    shown = f"about {expected}" if tolerance else str(expected)
    return Row(figure, what, shown, source, str(seen), AGREES if near else DIFFERS)


def at_most(figure: str, what: str, limit: Seen, source: str, seen: Seen) -> Row:
    """Seen must not be above a limit."""
    below = seen.value <= limit.value + SIGMAS * seen.error
    return Row(figure, what, f"at most {limit}", source, str(seen), AGREES if below else DIFFERS)


def above(figure: str, what: str, source: str, high: Seen, low: Seen) -> Row:
    """Return the first must be higher than the second; within two standard errors it is unclear.

    They are compared run by run where the runs are known: all policies meet the same problems.
    """
    if high.runs is not None and low.runs is not None:
        difference, error = _mean(high.runs - low.runs)
    else:
        difference, error = high.value - low.value, math.hypot(high.error, low.error)
    verdict = AGREES if difference > 2 * error else UNCLEAR
    if difference < -SIGMAS * error:
        verdict = DIFFERS
    sign = ">" if difference > 0 else "≤"
    return Row(figure, what, "higher", source, f"{high} {sign} {low}", verdict)


def _mean(values: np.ndarray) -> tuple[float, float]:
    n = len(values)
    error = float(np.std(values, ddof=1) / math.sqrt(n)) if n > 1 else math.inf
    return float(np.mean(values)), error
