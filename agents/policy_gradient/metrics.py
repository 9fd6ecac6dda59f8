"""What a round of learning was like, as numbers to plot."""

from __future__ import annotations

import numpy as np

from agents.base import Metrics
from agents.policy_gradient.advantages import FLOAT64

# The metrics of a round; those of the steps are averages over them, by number of decisions.
MEANINGS = {
    "loss": "policy_loss - entropy_bonus * entropy + prior_weight * prior_kl + value_loss, with"
    " prior_weight as it stands in the round",
    "policy_loss": "-A log π(a), or minus PPO's clipped surrogate; advantages A have deviation 1",
    "value_loss": "squared error of the critic, in units of normalised returns if they are",
    "entropy": "of π(. | s), in nats",
    "prior_kl": "KL(π || prior), in nats; with prior_weight only",
    "gradient_norm": "Euclidean norm of the policy's gradient, before it is shortened",
    "value_gradient_norm": "the same of the critic's",
    "clip_fraction": "share of decisions whose π(a)/π_old(a) has left 1 ± clip; with clip only",
    "kl": "mean KL(π before the round || π after it) over the round's states, in nats",
    "explained_variance": "1 - Var(returns - V) / Var(returns), V from before the round; left out"
    " when all returns are equal",
}
# What is added by lessons; see `agents.policy_gradient.lessons`.
LESSON_MEANINGS = {
    "lesson_certainty": "share of the differences between actions that is no noise, on average",
    "lesson_gain": "advantage of the better policy in deviations of returns, mean of states",
    "lesson_loss": "cross-entropy of π with the better policies",
    "lesson_gradient_norm": "Euclidean norm of its gradient, before it is shortened",
}


class StepMeans:
    """Averages numbers over the steps of a round, each weighing as many decisions as it had."""

    def __init__(self) -> None:
        self._decisions = 0
        self._sums: dict[str, float] = {}

    def add(self, decisions: int, numbers: dict[str, float]) -> None:
        """Take in the numbers of one step."""
        self._decisions += decisions
        for name, number in numbers.items():
            self._sums[name] = self._sums.get(name, 0.0) + decisions * float(number)

    def result(self) -> Metrics:
        """Return the averages."""
        return {name: total / self._decisions for name, total in self._sums.items()}


def explained_variance(advantages: np.ndarray, returns: np.ndarray) -> Metrics:
    """Return 1 - Var(returns - V) / Var(returns) by its name; {} when all returns are equal.

    Args:
        advantages: (T,), returns - V.
        returns: (T,).
    """
    if returns.std() <= FLOAT64 * np.abs(returns).max():
        return {}
    return {"explained_variance": float(1 - advantages.var() / returns.var())}
