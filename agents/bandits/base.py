"""What every bandit keeps: how often each arm was chosen and its average reward."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from agents import checkpoint
from agents.base import legal_actions
from agents.checks import check_range


class Bandit(ABC):
    """A arms, one row of action values for each of S situations (one: the textbook's bandit).

    `counts` (S, A) int64 is n(a), the times an arm was chosen; `values` (S, A) float64 is Q(a):

        n(a) <- n(a) + 1        Q(a) <- Q(a) + step (r - Q(a))

    with step = 1/n(a), the sample average, or a constant `step_size`, which forgets old
    rewards (Sutton & Barto, 2018, equations 2.3 and 2.5). Arms never tried have
    `initial_value`.

    `legal` is everywhere an (A,) mask, None for all arms; a mask of the wrong shape, or one
    that allows nothing, is a ValueError. Choices among equals are uniform.
    """

    name: ClassVar[str]

    def __init__(
        self,
        n_arms: int,
        step_size: float | None = None,
        initial_value: float = 0.0,
        *,
        n_situations: int = 1,
        rng: np.random.Generator | None = None,
    ) -> None:
        if n_arms < 1 or n_situations < 1:
            raise ValueError(
                f"a bandit needs at least one arm and one situation, "
                f"got {n_arms} arms and {n_situations} situations"
            )
        if step_size is not None:
            check_range("step_size", step_size, 0, 1, open_below=True)
        check_range("initial_value", initial_value)
        self.n_arms = n_arms
        self.n_situations = n_situations
        self.rng = np.random.default_rng() if rng is None else rng
        self.value_step = step_size
        self.counts = np.zeros((n_situations, n_arms), dtype=np.int64)
        self.values = np.full((n_situations, n_arms), float(initial_value))

    @abstractmethod
    def select(self, legal: np.ndarray | None = None, situation: int = 0) -> int:
        """Choose a legal arm."""

    @abstractmethod
    def action_probabilities(
        self, legal: np.ndarray | None = None, situation: int = 0
    ) -> np.ndarray:
        """(A,) float64: the exact distribution of the next `select`, 0 on illegal arms."""

    def update(
        self, arm: int, reward: float, situation: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """Learn that `arm` gave `reward` (any finite number).

        `legal` is the mask under which the arm was chosen; only policies whose learning
        depends on the alternatives look at it.
        """
        if not 0 <= arm < self.n_arms:
            raise ValueError(f"arm must be between 0 and {self.n_arms - 1}, got {arm}")
        if not math.isfinite(reward):
            raise ValueError(f"reward must be a finite number, got {reward}")
        row = self.row(situation)
        n = self.counts.item(row, arm) + 1
        q = self.values.item(row, arm)
        self.counts[row, arm] = n
        self.values[row, arm] = q + (self.value_step or 1 / n) * (reward - q)

    def estimates(self, situation: int = 0) -> np.ndarray:
        """(A,) float64: a copy of the action values."""
        return self.values[self.row(situation)].copy()

    def bounds(self, situation: int = 0) -> np.ndarray | None:
        """(2, A) float64: low and high of where the policy takes each arm's value to lie, infinite
        where it can't tell; None for a policy that does not ask."""
        return None

    def arrays(self) -> dict[str, np.ndarray]:
        """Everything that learning changes, by name: what a checkpoint holds."""
        return {"counts": self.counts, "values": self.values}

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the `arrays` of another bandit of the same kind and size."""
        checkpoint.fill(self.arrays(), arrays)

    def row(self, situation: int) -> int:
        """The situation, checked: a negative one must not silently count from the end."""
        if not 0 <= situation < self.n_situations:
            raise ValueError(
                f"situation must be between 0 and {self.n_situations - 1}, got {situation}"
            )
        return situation

    def legal_arms(self, legal: np.ndarray | None) -> list[int]:
        """The indices of the legal arms."""
        return legal_actions(legal, self.n_arms)

    def pick(self, arms: list[int]) -> int:
        """One of `arms`, uniformly at random."""
        return arms[0] if len(arms) == 1 else arms[int(self.rng.random() * len(arms))]

    def uniform(self, arms: list[int]) -> np.ndarray:
        """(A,): the distribution of `pick(arms)`."""
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = 1 / len(arms)
        return probabilities


def argmax(scores: list[float], arms: list[int]) -> list[int]:
    """All of `arms` whose score is the highest among them."""
    candidates = list(map(scores.__getitem__, arms))
    best = max(candidates)
    if candidates.count(best) == 1:  # nearly always
        return [arms[candidates.index(best)]]
    return [arm for arm in arms if scores[arm] == best]
