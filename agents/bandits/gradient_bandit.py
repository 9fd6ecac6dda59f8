"""Gradient bandit: learns preferences, not values, by stochastic gradient ascent."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np

from agents.bandits.base import Bandit
from agents.checks import check_range


class GradientBandit(Bandit):
    """Softmax over preferences H(a), moved along the gradient of the expected reward.

        pi(a) = exp(H(a)) / sum_b exp(H(b)), over the legal arms
        H(a) <- H(a) + step_size (r - baseline) ([a was chosen] - pi(a))

    (Sutton & Barto, 2018, equations 2.11 and 2.12.) The baseline is the average of the
    rewards before this one, for the first reward that reward itself; per situation. Without
    it (`baseline=False`) it is 0. Illegal arms have pi = 0, and their preference stays.

    A learner that takes over several games played from the same preferences recomputes pi as
    it goes: from the second game on its gradient is that of the policy it has by then.

    `preferences` is (S, A) float64. The action values kept beside them are only for display.
    """

    name = "gradient_bandit"

    def __init__(
        self,
        n_arms: int,
        step_size: float = 0.1,
        baseline: bool = True,
        *,
        n_situations: int = 1,
        rng: np.random.Generator | None = None,
    ) -> None:
        super().__init__(n_arms, n_situations=n_situations, rng=rng)
        check_range("step_size", step_size, 0, open_below=True)
        self.step_size = step_size
        self.baseline = baseline
        self.preferences = np.zeros((n_situations, n_arms))
        self.average_reward = np.zeros(n_situations)

    def arrays(self) -> dict[str, np.ndarray]:
        """Counts and values, the preferences, and the baselines."""
        learned = {"preferences": self.preferences, "average_reward": self.average_reward}
        return super().arrays() | learned

    def policy(self, arms: list[int], situation: int) -> list[float]:
        """pi(a) for each of `arms`. Subtracting the maximum keeps exp from overflowing."""
        preferences = self.preferences[self.row(situation)].tolist()
        highest = max([preferences[arm] for arm in arms])
        weights = [math.exp(preferences[arm] - highest) for arm in arms]
        total = sum(weights)
        return [weight / total for weight in weights]

    def select(self, legal: np.ndarray | None = None, situation: int = 0) -> int:
        """Draw an arm from pi."""
        arms = self.legal_arms(legal)
        cumulative = list(accumulate(self.policy(arms, situation)))
        threshold = self.rng.random() * cumulative[-1]
        return next(arm for arm, c in zip(arms, cumulative, strict=True) if threshold < c)

    def action_probabilities(
        self, legal: np.ndarray | None = None, situation: int = 0
    ) -> np.ndarray:
        """pi(a)."""
        arms = self.legal_arms(legal)
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = self.policy(arms, situation)
        return probabilities

    def update(
        self, arm: int, reward: float, situation: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """One step of gradient ascent, for the choice of `arm` among the `legal` ones."""
        arms = self.legal_arms(legal)
        if 0 <= arm < self.n_arms and arm not in arms:
            raise ValueError(f"arm {arm} was chosen although the legal mask forbids it")
        pi = self.policy(arms, situation)
        super().update(arm, reward, situation)
        t = sum(self.counts[situation].tolist())
        average = reward if t == 1 else self.average_reward.item(situation)
        advantage = reward - average if self.baseline else reward
        preferences = self.preferences[situation]
        for a, p in zip(arms, pi, strict=True):
            preferences[a] += self.step_size * advantage * ((a == arm) - p)
        self.average_reward[situation] = average + (reward - average) / t
