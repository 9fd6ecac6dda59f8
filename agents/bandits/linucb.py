"""LinUCB: optimism about what the features say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agents.bandits.base import argmax
from agents.bandits.linear import LinearBandit, LinearSettings
from agents.base import State
from agents.settings import setting


@dataclass(frozen=True)
class LinUCBSettings(LinearSettings):
    """Settings of LinUCB."""

    alpha: float = setting(
        1.0, "the width of the confidence bounds; 0 is the greedy policy", low=0, high=1e6
    )


class LinUCB(LinearBandit):
    """A_t = argmax_a θ_aᵀ x + alpha √(xᵀ V_a x) over the legal actions, ties broken uniformly.

    (Li, Chu, Langford & Schapire, 2010, algorithm 1: LinUCB with disjoint linear models.)
    """

    name = "linucb"
    settings_type = LinUCBSettings
    settings: LinUCBSettings

    def optimistic_actions(self, state: State) -> list[int]:
        """Return the legal actions of the highest upper confidence bound."""
        means, widths = self.predict(state)
        return argmax((means + self.settings.alpha * widths).tolist(), self.legal(state))

    def act(self, state: State) -> int:
        """Return an action of the highest bound."""
        best = self.optimistic_actions(state)
        return best[int(self.rng.random() * len(best))] if len(best) > 1 else best[0]

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return 1 / number of actions of the highest bound on each of them, (A,)."""
        best = self.optimistic_actions(state)
        probabilities = np.zeros(len(self.taken))
        probabilities[best] = 1 / len(best)
        return probabilities

    def bounds(self, state: State) -> np.ndarray:
        """Return the estimates and their upper confidence bounds, (2, A), in units of reward."""
        means, widths = self.predict(state)
        return self.range.rewards(np.array([means, means + self.settings.alpha * widths]))
