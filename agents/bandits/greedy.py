"""Greedy: always the arm that looks best."""

from __future__ import annotations

import numpy as np

from agents.bandits.base import Bandit, argmax


class Greedy(Bandit):
    """A_t = argmax_a Q(a), ties broken uniformly (Sutton & Barto, 2018, equation 2.2).

    It never explores on purpose, so one unlucky reward can put it off the best arm for good.
    An optimistic `initial_value` makes it try every arm first (section 2.6).
    """

    name = "greedy"

    def __init__(
        self,
        n_arms: int,
        step_size: float | None = None,
        initial_value: float = 0.0,
        *,
        n_situations: int = 1,
        rng: np.random.Generator | None = None,
    ) -> None:
        super().__init__(n_arms, step_size, initial_value, n_situations=n_situations, rng=rng)

    def greedy_arms(self, legal: np.ndarray | None, situation: int) -> list[int]:
        """The legal arms of the highest action value."""
        return argmax(self.values[self.row(situation)].tolist(), self.legal_arms(legal))

    def select(self, legal: np.ndarray | None = None, situation: int = 0) -> int:
        """A greedy arm."""
        return self.pick(self.greedy_arms(legal, situation))

    def action_probabilities(
        self, legal: np.ndarray | None = None, situation: int = 0
    ) -> np.ndarray:
        """1 / number of greedy arms on each of them."""
        return self.uniform(self.greedy_arms(legal, situation))
