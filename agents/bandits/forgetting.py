"""Forgetting: counts and average rewards of the recent past alone, for arms that change.

(Garivier & Moulines, 2011, On upper-confidence bound policies for switching bandit problems.)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from agents.settings import setting
from compiling.compiled import compiled

LONGEST = 10_000  # choices in a window: all of them are looked at again with each reward


def forgetting_setting() -> Any:
    """Return the setting of bandits that may discount the past."""
    meaning = (
        "γ of D-UCB: each further choice leaves so much of the weight of all before it;"
        " null: all weigh the same for ever"
    )
    return setting(None, meaning, low=0, high=1, open_below=True, fixed=True)


def window_setting() -> Any:
    """Return the setting of bandits that may look at a sliding window."""
    meaning = "τ of SW-UCB: only the last so many choices count; null: all do"
    return setting(None, meaning, low=1, high=LONGEST, fixed=True)


class Recent(ABC):
    """What a bandit keeps that forgets, in place of n(a) and the average of all rewards.

    Attributes:
        weights: (C, A) float64, the choices of each arm as far as they count, N(a).
    """

    def __init__(self, n_contexts: int, n_arms: int) -> None:
        self.weights = np.zeros((n_contexts, n_arms))

    @abstractmethod
    def learn(self, row: int, arm: int, reward: float, t: int, values: np.ndarray) -> None:
        """Take in one choice.

        Args:
            row: the context.
            arm, reward: of the choice.
            t: its number in this context, from 1.
            values: (A,) the context's action values; changed in place.
        """

    def arrays(self) -> dict[str, np.ndarray]:
        """Return everything that learning changes, by name."""
        return {"weights": self.weights}

    def check(self) -> None:
        """Raise ValueError, after arrays were restored, for some that no learning brings about."""
        if not (np.isfinite(self.weights) & (self.weights >= 0)).all():
            raise ValueError("array 'weights' must hold finite numbers from 0")


class Discounted(Recent):
    """Every choice weighs γ times as much after each further one; see `discount`."""

    def __init__(self, n_contexts: int, n_arms: int, gamma: float) -> None:
        super().__init__(n_contexts, n_arms)
        self.gamma = float(gamma)

    def learn(self, row: int, arm: int, reward: float, t: int, values: np.ndarray) -> None:
        """See `Recent`."""
        discount(self.weights[row], values, self.gamma, arm, float(reward))


class Window(Recent):
    """The last τ choices of a context weigh 1, the others nothing; see `slide`.

    Attributes:
        arms, rewards: (C, τ) of the choices in the window, int64 and float64: a ring, in which
            the t-th choice of a context lies at (t - 1) mod τ.
    """

    def __init__(self, n_contexts: int, n_arms: int, length: int) -> None:
        super().__init__(n_contexts, n_arms)
        self.arms = np.zeros((n_contexts, length), np.int64)
        self.rewards = np.zeros((n_contexts, length))

    def learn(self, row: int, arm: int, reward: float, t: int, values: np.ndarray) -> None:
        """See `Recent`."""
        slide(self.weights[row], values, self.arms[row], self.rewards[row], t, arm, float(reward))

    def arrays(self) -> dict[str, np.ndarray]:
        """See `Recent`."""
        ring = {"recent_arms": self.arms, "recent_rewards": self.rewards}
        return super().arrays() | ring

    def check(self) -> None:
        """See `Recent`."""
        super().check()
        n = self.weights.shape[1]
        if self.arms.min() < 0 or self.arms.max() >= n:
            raise ValueError(f"array 'recent_arms' must hold numbers between 0 and {n - 1}")


def recent(
    n_contexts: int, n_arms: int, forgetting: float | None, window: int | None
) -> Recent | None:
    """Return what keeps the recent past of C contexts and A arms; None for one that keeps all.

    Raises:
        ValueError: when both ways are asked for.
    """
    if forgetting is not None and window is not None:
        raise ValueError("forgetting and window are two ways to forget; remove one of them")
    if forgetting is not None:
        return Discounted(n_contexts, n_arms, forgetting)
    return None if window is None else Window(n_contexts, n_arms, window)


@compiled
def discount(
    weights: np.ndarray, values: np.ndarray, gamma: float, arm: int, reward: float
) -> None:
    """Take one choice into the discounted weights and averages (A,), in place.

        N(a) <- γ N(a) + [a was chosen]        Q(a) <- Q(a) + [a was chosen] (r - Q(a)) / N(a)

    So N(a) = Σ_s γ^(t-s) [A_s = a] and Q(a) = Σ_s γ^(t-s) [A_s = a] r_s / N(a): numerator and
    denominator shrink alike while an arm is not chosen.
    """
    weights *= gamma
    weights[arm] += 1.0
    values[arm] += (reward - values[arm]) / weights[arm]


@compiled
def slide(
    weights: np.ndarray, values: np.ndarray, arms: np.ndarray, rewards: np.ndarray,
    t: int, arm: int, reward: float,
) -> None:  # fmt: skip
    """Take the t-th choice into the window, where it replaces the one τ choices ago, in place.

    N(a) and Q(a), of which only those two arms' change, are counted and summed anew, so that no
    rounding piles up. An arm that has left the window is as one never tried: N = 0, Q = 0.
    """
    slot = (t - 1) % len(arms)
    gone = arms[slot]  # in a window not yet full any arm, whose sum stays what it is
    arms[slot], rewards[slot] = arm, reward
    full = min(t, len(arms))
    sum_anew(weights, values, arms[:full], rewards[:full], arm)
    if gone != arm:
        sum_anew(weights, values, arms[:full], rewards[:full], gone)


@compiled
def sum_anew(
    weights: np.ndarray, values: np.ndarray, arms: np.ndarray, rewards: np.ndarray, arm: int
) -> None:
    """Set one arm's N and Q to those of the choices (n,) in the window."""
    n, total = 0, 0.0
    for i in range(len(arms)):
        if arms[i] == arm:
            n, total = n + 1, total + rewards[i]
    weights[arm] = n
    values[arm] = total / n if n > 0 else 0.0
