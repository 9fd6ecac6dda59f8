"""Upper confidence bound: optimism in the face of uncertainty."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from agents.bandits.base import Bandit, argmax
from agents.checks import check_range


class UCB(Bandit):
    """A_t = argmax_a Q(a) + c sqrt(ln t / n(a)), t the choices learned from so far.

    (Auer, Cesa-Bianchi & Fischer, 2002; Sutton & Barto, 2018, equation 2.10.) The bonus is
    infinite for an arm never tried, so untried legal arms come first, uniformly at random.
    With c = 0 there is no bonus at all, and the policy is exactly the greedy one, also for
    untried arms. The usual c assumes rewards in [0, 1]. t and n are counted per situation.
    """

    name = "ucb"

    def __init__(
        self,
        n_arms: int,
        c: float = 2.0,
        *,
        n_situations: int = 1,
        rng: np.random.Generator | None = None,
    ) -> None:
        super().__init__(n_arms, n_situations=n_situations, rng=rng)
        check_range("c", c, 0)
        self.c = float(c)

    def optimistic_arms(self, legal: np.ndarray | None, situation: int) -> list[int]:
        """The legal arms of the highest upper confidence bound."""
        row = self.row(situation)
        bounds = upper_bounds(self.values[row], self.counts[row], self.c)
        best = argmax(bounds.tolist(), self.legal_arms(legal))
        # A huge bonus swallows the digits of Q: arms whose bounds are equal after rounding
        # are compared by Q, so equally tried arms rank by Q for every c.
        return best if len(best) == 1 else argmax(self.values[row].tolist(), best)

    def bounds(self, situation: int = 0) -> np.ndarray:
        """(2, A) float64: the action values, and their upper confidence bounds."""
        row = self.row(situation)
        values = self.values[row]
        return np.array([values, upper_bounds(values, self.counts[row], self.c)])

    def select(self, legal: np.ndarray | None = None, situation: int = 0) -> int:
        """An arm of the highest bound."""
        return self.pick(self.optimistic_arms(legal, situation))

    def action_probabilities(
        self, legal: np.ndarray | None = None, situation: int = 0
    ) -> np.ndarray:
        """1 / number of arms of the highest bound on each of them."""
        return self.uniform(self.optimistic_arms(legal, situation))


@njit(cache=True)
def upper_bounds(values: np.ndarray, counts: np.ndarray, c: float) -> np.ndarray:
    """(A,) float64: Q(a) + c sqrt(ln t / n(a)), infinite for an arm never tried unless c = 0."""
    if c == 0.0:
        return values
    t = counts.sum()
    bounds = np.full_like(values, np.inf)
    for a in range(len(values)):
        if counts[a] > 0:
            bounds[a] = values[a] + c * math.sqrt(math.log(t) / counts[a])
    return bounds
