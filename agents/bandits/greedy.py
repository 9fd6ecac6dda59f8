"""Greedy: always the arm that looks best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agents.bandits.base import Bandit, argmax, initial_value_setting, step_size_setting
from agents.settings import Settings


@dataclass(frozen=True)
class GreedySettings(Settings):
    """Settings of the greedy policy."""

    step_size: float | None = step_size_setting()
    initial_value: float = initial_value_setting()


class Greedy(Bandit):
    """A_t = argmax_a Q(a), ties broken uniformly (Sutton & Barto, 2018, equation 2.2).

    It never explores on purpose, so one unlucky reward can put it off the best arm for good.
    An optimistic `initial_value` makes it try every arm first (section 2.6).
    """

    name = "greedy"
    settings_type = GreedySettings
    settings: GreedySettings

    def prepare(self) -> None:
        """Make the counts and the action values."""
        super().prepare()
        self.value_step = self.settings.step_size
        self.values[...] = self.settings.initial_value

    def greedy_arms(self, legal: np.ndarray | None, context: int) -> list[int]:
        """Return the legal arms of the highest action value."""
        return argmax(self.values[self.row(context)].tolist(), self.legal_arms(legal))

    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return a greedy arm."""
        return self.pick(self.greedy_arms(legal, context))

    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return 1 / number of greedy arms on each of them, (A,)."""
        return self.uniform(self.greedy_arms(legal, context))
