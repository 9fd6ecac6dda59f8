"""Epsilon-greedy: mostly the arm that looks best, now and then any arm."""

from __future__ import annotations

import numpy as np

from agents.bandits.base import Bandit, argmax
from agents.checks import check_range


class EpsilonGreedy(Bandit):
    """With probability epsilon any legal arm, uniformly; otherwise a greedy one.

        P(a) = epsilon / |legal| + (1 - epsilon) [a is greedy] / |greedy|

    (Sutton & Barto, 2018, section 2.2.) Exploration may land on the greedy arm too.
    With `final_epsilon` and `decay_decisions`, epsilon goes in a straight line from
    `epsilon` to `final_epsilon` over that many decisions learned from, in all situations
    together, and stays there.
    """

    name = "epsilon_greedy"

    def __init__(
        self,
        n_arms: int,
        epsilon: float = 0.1,
        final_epsilon: float | None = None,
        decay_decisions: int | None = None,
        step_size: float | None = None,
        initial_value: float = 0.0,
        *,
        n_situations: int = 1,
        rng: np.random.Generator | None = None,
    ) -> None:
        super().__init__(n_arms, step_size, initial_value, n_situations=n_situations, rng=rng)
        check_range("epsilon", epsilon, 0, 1)
        if (final_epsilon is None) != (decay_decisions is None):
            raise ValueError("final_epsilon and decay_decisions must be given together")
        if final_epsilon is not None and decay_decisions is not None:
            check_range("final_epsilon", final_epsilon, 0, 1)
            check_range("decay_decisions", decay_decisions, 1)
        self.epsilon = epsilon
        self.final_epsilon = epsilon if final_epsilon is None else final_epsilon
        self.decay_decisions = decay_decisions

    def current_epsilon(self) -> float:
        """The epsilon of the next choice."""
        if self.decay_decisions is None:
            return self.epsilon
        progress = min(1.0, self.counts.sum().item() / self.decay_decisions)
        return (1 - progress) * self.epsilon + progress * self.final_epsilon

    def select(self, legal: np.ndarray | None = None, situation: int = 0) -> int:
        """Explore with probability epsilon, otherwise exploit."""
        arms, row = self.legal_arms(legal), self.row(situation)
        if self.rng.random() < self.current_epsilon():
            return self.pick(arms)
        return self.pick(argmax(self.values[row].tolist(), arms))

    def action_probabilities(
        self, legal: np.ndarray | None = None, situation: int = 0
    ) -> np.ndarray:
        """The two ways to an arm, exploring and exploiting, weighted by epsilon."""
        arms = self.legal_arms(legal)
        greedy = argmax(self.values[self.row(situation)].tolist(), arms)
        epsilon = self.current_epsilon()
        return epsilon * self.uniform(arms) + (1 - epsilon) * self.uniform(greedy)
