"""Gradient bandit: learns preferences, not values, by stochastic gradient ascent."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from agents.bandits.base import Bandit
from agents.base import drawn
from agents.settings import LARGE, Settings, setting


@dataclass(frozen=True)
class GradientBanditSettings(Settings):
    """Settings of the gradient bandit."""

    step_size: float = setting(
        0.1, "the step size of gradient ascent on the preferences",
        low=0, high=LARGE, open_below=True,
    )  # fmt: skip
    baseline: bool = setting(True, "whether rewards are compared with their average")


class GradientBandit(Bandit):
    """Softmax over preferences H(a), moved along the gradient of the expected reward.

        pi(a) = exp(H(a)) / sum_b exp(H(b)), over the legal arms
        H(a) <- H(a) + step_size (r - baseline) ([a was chosen] - pi(a))

    (Sutton & Barto, 2018, equations 2.11 and 2.12.) The baseline is the average of the
    rewards before this one, for the first reward that reward itself; per context. Without
    it (`baseline=False`) it is 0. Illegal arms have pi = 0, and their preference stays.

    A learner that takes over several games played from the same preferences recomputes pi as
    it goes: from the second game on its gradient is that of the policy it has by then.

    `preferences` is (C, A) float64. The action values kept beside them are only for display.
    """

    name = "gradient_bandit"
    settings_type = GradientBanditSettings
    settings: GradientBanditSettings

    def prepare(self) -> None:
        """Make the preferences and the baselines, all 0."""
        super().prepare()
        self.preferences = np.zeros((self.n_contexts, self.n_arms))
        self.average_reward = np.zeros(self.n_contexts)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return counts and values, the preferences, and the baselines."""
        learned = {"preferences": self.preferences, "average_reward": self.average_reward}
        return super().arrays() | learned

    def policy(self, arms: list[int], context: int) -> list[float]:
        """Return pi(a) for each of `arms`."""
        preferences = self.preferences[self.row(context)].tolist()
        # Subtracting the maximum keeps exp from overflowing.
        highest = max([preferences[arm] for arm in arms])
        weights = [math.exp(preferences[arm] - highest) for arm in arms]
        total = sum(weights)
        return [weight / total for weight in weights]

    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return an arm drawn from pi."""
        arms = self.legal_arms(legal)
        return arms[drawn(self.policy(arms, context), self.rng)]

    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return pi(a), (A,)."""
        arms = self.legal_arms(legal)
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = self.policy(arms, context)
        return probabilities

    def update(
        self, arm: int, reward: float, context: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """Make one step of gradient ascent, for the choice of `arm` among the `legal` ones."""
        arms = self.legal_arms(legal)
        if 0 <= arm < self.n_arms and arm not in arms:
            raise ValueError(f"arm {arm} was chosen although the action mask forbids it")
        pi = self.policy(arms, context)
        super().update(arm, reward, context)
        t = sum(self.counts[context].tolist())
        average = reward if t == 1 else self.average_reward.item(context)
        advantage = reward - average if self.settings.baseline else reward
        preferences = self.preferences[context]
        for a, p in zip(arms, pi, strict=True):
            preferences[a] += self.settings.step_size * advantage * ((a == arm) - p)
        self.average_reward[context] = average + (reward - average) / t

    def update_all(self, rewards: np.ndarray, context: int = 0) -> None:
        """Make one step along the gradient itself, which is known where all arms were tried.

            H(a) <- H(a) + step_size pi(a) (r(a) - sum_b pi(b) r(b))

        It is what `update` brings on average over arms drawn from pi (Sutton & Barto, 2018, section
        2.8), whatever the baseline is. Choices are not counted, and the baseline stays.
        """
        arms = np.flatnonzero(~np.isnan(rewards)).tolist()
        pi, tried = np.array(self.policy(arms, context)), rewards[arms]
        self.preferences[context, arms] += self.settings.step_size * pi * (tried - pi @ tried)
