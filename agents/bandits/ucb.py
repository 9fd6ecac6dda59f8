"""Upper confidence bound: optimism in the face of uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from agents.bandits.base import Bandit, argmax
from agents.bandits.forgetting import forgetting_setting, recent, window_setting
from agents.settings import Settings, setting
from compiling.compiled import compiled


@dataclass(frozen=True)
class UCBSettings(Settings):
    """Settings of UCB."""

    c: float = setting(
        2.0, "the width of the confidence bounds; 0 is the greedy policy", low=0, high=1e300
    )
    forgetting: float | None = forgetting_setting()
    window: int | None = window_setting()

    def __post_init__(self) -> None:
        super().__post_init__()
        recent(1, 1, self.forgetting, self.window)  # not both


class UCB(Bandit):
    """A_t = argmax_a Q(a) + c sqrt(ln t / n(a)), t the choices learned from so far.

    (Auer, Cesa-Bianchi & Fischer, 2002; Sutton & Barto, 2018, equation 2.10.) The bonus is
    infinite for an arm never tried, so untried legal arms come first, uniformly at random.
    With c = 0 there is no bonus at all, and the policy is exactly the greedy one, also for
    untried arms. The usual c assumes rewards in [0, 1]. t and n are counted per context.

    For arms whose mean rewards change, n, t and Q may be those of the recent past (Garivier &
    Moulines, 2011): with `forgetting`, γ, it is D-UCB, n(a) and Q(a) being discounted and t = Σ n;
    with `window`, τ, it is SW-UCB, n(a) and Q(a) being of the last τ choices and t = min(t, τ).
    Their padding is c = 2√ξ in D-UCB and c = √ξ in SW-UCB, with ξ = 1/2 in their simulations.
    An arm that has been forgotten altogether is as one never tried.
    """

    name = "ucb"
    settings_type = UCBSettings
    settings: UCBSettings

    def prepare(self) -> None:
        """Make the counts and the action values, and what keeps the recent past."""
        super().prepare()
        shape = (self.n_contexts, self.n_arms)
        self.recent = recent(*shape, self.settings.forgetting, self.settings.window)

    def optimistic_arms(self, legal: np.ndarray | None, context: int) -> list[int]:
        """Return the legal arms of the highest upper confidence bound."""
        row = self.row(context)
        bounds = upper_bounds(self.values[row], self.weights[row], float(self.settings.c))
        best = argmax(bounds.tolist(), self.legal_arms(legal))
        # A huge bonus swallows the digits of Q: arms whose bounds are equal after rounding
        # are compared by Q, so equally tried arms rank by Q for every c.
        return best if len(best) == 1 else argmax(self.values[row].tolist(), best)

    def bounds(self, context: int = 0) -> np.ndarray:
        """Return the action values, and their upper confidence bounds, (2, A) float64."""
        row = self.row(context)
        values = self.values[row]
        return np.array([values, upper_bounds(values, self.weights[row], float(self.settings.c))])

    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return an arm of the highest bound."""
        return self.pick(self.optimistic_arms(legal, context))

    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return 1 / number of arms of the highest bound on each of them, (A,)."""
        return self.uniform(self.optimistic_arms(legal, context))


@compiled
def upper_bounds(values: np.ndarray, counts: np.ndarray, c: float) -> np.ndarray:
    """Return Q(a) + c sqrt(ln t / n(a)), (A,) float64, of whole or discounted counts n.

    It is infinite for an arm never tried, unless c = 0.
    """
    if c == 0.0:
        return values
    t = counts.sum()
    bounds = np.full_like(values, np.inf)
    for a in range(len(values)):
        if counts[a] > 0:
            bounds[a] = values[a] + c * math.sqrt(math.log(t) / counts[a])
    return bounds
