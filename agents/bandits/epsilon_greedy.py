"""Epsilon-greedy: mostly the arm that looks best, now and then any arm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agents.bandits.base import Bandit, argmax, initial_value_setting, step_size_setting
from agents.epsilon import EpsilonSettings


@dataclass(frozen=True)
class EpsilonGreedySettings(EpsilonSettings):
    """Settings of epsilon-greedy."""

    step_size: float | None = step_size_setting()
    initial_value: float = initial_value_setting()


class EpsilonGreedy(Bandit):
    """With probability epsilon any legal arm, uniformly; otherwise a greedy one.

        P(a) = epsilon / |legal| + (1 - epsilon) [a is greedy] / |greedy|

    (Sutton & Barto, 2018, section 2.2.) Exploration may land on the greedy arm too.
    With `final_epsilon` and `decay_decisions`, epsilon goes in a straight line from
    `epsilon` to `final_epsilon` over that many decisions learned from, in all contexts
    together, and stays there.
    """

    name = "epsilon_greedy"
    settings_type = EpsilonGreedySettings
    settings: EpsilonGreedySettings

    def prepare(self) -> None:
        """Make the counts and the action values."""
        super().prepare()
        self.value_step = self.settings.step_size
        self.values[...] = self.settings.initial_value

    def current_epsilon(self) -> float:
        """Return the epsilon of the next choice."""
        return self.settings.epsilon_after(self.counts.sum().item())

    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return any arm with probability epsilon, otherwise a greedy one."""
        arms, row = self.legal_arms(legal), self.row(context)
        if self.rng.random() < self.current_epsilon():
            return self.pick(arms)
        return self.pick(argmax(self.values[row].tolist(), arms))

    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return the two ways to each arm, exploring and exploiting, weighted by epsilon, (A,)."""
        arms = self.legal_arms(legal)
        greedy = argmax(self.values[self.row(context)].tolist(), arms)
        epsilon = self.current_epsilon()
        return epsilon * self.uniform(arms) + (1 - epsilon) * self.uniform(greedy)
