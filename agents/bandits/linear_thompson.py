"""Linear Thompson sampling: actions as often as the features make them believed the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from agents.bandits.base import argmax
from agents.bandits.best_arm import gaussian_best
from agents.bandits.linear import LinearBandit, LinearSettings
from agents.bandits.thompson import CREDIBLE
from agents.base import State
from agents.settings import setting


@dataclass(frozen=True)
class LinearThompsonSettings(LinearSettings):
    """Settings of linear Thompson sampling."""

    scale: float = setting(
        0.25, "v, the deviation of the draws in units of √(xᵀ V x)", low=1e-6, high=1e6
    )


class LinearThompson(LinearBandit):
    """Draws weights θ̃_a ~ N(θ_a, v² V_a) of each action, and takes the legal one of highest θ̃_aᵀ x.

    (Agrawal & Goyal, 2013, algorithm 1, with a model for each action.) The draws of different
    actions are independent, and θ̃_aᵀ x ~ N(θ_aᵀ x, v² xᵀ V_a x): it is drawn itself, since nothing
    else of θ̃_a is looked at.
    """

    name = "linear_thompson"
    settings_type = LinearThompsonSettings
    settings: LinearThompsonSettings

    def posterior(self, state: State) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean and the deviation of each action's draw, (A,) both."""
        means, widths = self.predict(state)
        return means, self.settings.scale * widths

    def act(self, state: State) -> int:
        """Return the legal action of the largest draw."""
        means, deviations = self.posterior(state)
        draws = means + deviations * self.rng.standard_normal(len(means))
        return argmax(draws.tolist(), self.legal(state))[0]  # ties have probability zero

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return P(a has the largest draw of the legal actions), integrated to 1e-8, (A,)."""
        means, deviations = self.posterior(state)
        legal = self.legal(state)
        probabilities = np.zeros(len(means))
        probabilities[legal] = gaussian_best(means[legal], deviations[legal] ** 2)
        return probabilities

    def bounds(self, state: State) -> np.ndarray:
        """Return the `CREDIBLE` interval of each action's draw, (2, A), in units of reward."""
        means, deviations = self.posterior(state)
        width = special.ndtri((1 + CREDIBLE) / 2) * deviations
        return self.range.rewards(np.array([means - width, means + width]))
