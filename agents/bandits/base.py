"""What every bandit keeps: how often each arm was chosen and its average reward."""

from __future__ import annotations

import inspect
import math
from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

from agents import checkpoint
from agents.bandits.forgetting import Recent
from agents.base import legal_actions
from agents.checks import check_range
from agents.settings import LARGE, Settings, setting


def step_size_setting() -> Any:
    """Return the setting of bandits that choose by their action values."""
    meaning = "how far an action value moves towards each reward; null: the sample average, 1/n(a)"
    return setting(None, meaning, low=0, high=1, open_below=True)


def initial_value_setting() -> Any:
    """Return the setting of bandits that choose by their action values."""
    return setting(0.0, "the action value of an arm never tried", low=-LARGE, high=LARGE)


class Bandit(ABC):
    """A bandit of A arms, with a row of action values for each of C contexts.

    One context is the textbook's bandit. `counts` (C, A) int64 is n(a), the times an arm was
    chosen; `values` (C, A) float64 is Q(a):

        n(a) <- n(a) + 1        Q(a) <- Q(a) + step (r - Q(a))

    with step = 1/n(a), the sample average, or a constant `step_size`, which forgets old
    rewards (Sutton & Barto, 2018, equations 2.3 and 2.5). A bandit that has a `recent` memory
    takes n(a) and Q(a) from that; `weights` (C, A) are n(a), whichever they are.

    `legal` is everywhere an (A,) mask, None for all arms; a mask of the wrong shape, or one
    that allows nothing, is a ValueError. Choices among equals are uniform.

    Args:
        n_arms: A.
        values, named: the settings, by place or by name: the fields of `settings_type`.
        n_contexts: C.
        rng: the source of randomness; None for one that differs from run to run.
    """

    name: ClassVar[str]
    settings_type: ClassVar[type[Settings]] = Settings

    def __init_subclass__(cls) -> None:
        """Put the settings into the constructor's signature, as help() shows it."""
        cls.__signature__ = _signature(cls.settings_type)  # type: ignore[attr-defined]

    def __init__(
        self,
        n_arms: int,
        *values: Any,
        n_contexts: int = 1,
        rng: np.random.Generator | None = None,
        **named: Any,
    ) -> None:
        if n_arms < 1 or n_contexts < 1:
            raise ValueError(
                f"a bandit needs at least one arm and one context, "
                f"got {n_arms} arms and {n_contexts} contexts"
            )
        self.settings: Any = self.settings_type(*values, **named)
        self.n_arms = n_arms
        self.n_contexts = n_contexts
        self.rng = np.random.default_rng() if rng is None else rng
        self.prepare()

    def prepare(self) -> None:
        """Make what the bandit keeps, as it is before the first choice."""
        self.value_step: float | None = None
        self.recent: Recent | None = None
        shape = (self.n_contexts, self.n_arms)
        self.counts, self.values = np.zeros(shape, dtype=np.int64), np.zeros(shape)

    @property
    def weights(self) -> np.ndarray:
        """n(a), by which averages over contexts are weighed too, (C, A)."""
        return self.counts if self.recent is None else self.recent.weights

    @classmethod
    def suited(cls, chosen: dict[str, Any], reward_range: tuple[float, float]) -> dict[str, Any]:
        """Return the settings chosen by name, and those that follow from the range of rewards."""
        return chosen

    @abstractmethod
    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return a legal arm, the policy's choice."""

    @abstractmethod
    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return the exact distribution of the next `select`, (A,) float64: 0 on illegal arms."""

    def update(
        self, arm: int, reward: float, context: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """Learns that `arm` gave `reward` (any finite number).

        `legal` is the mask under which the arm was chosen; only policies whose learning
        depends on the alternatives look at it.
        """
        if not 0 <= arm < self.n_arms:
            raise ValueError(f"arm must be between 0 and {self.n_arms - 1}, got {arm}")
        check_range("reward", reward)
        row = self.row(context)
        n = self.counts.item(row, arm) + 1
        q = self.values.item(row, arm)
        self.counts[row, arm] = n
        if self.recent is None:
            self.values[row, arm] = q + (self.value_step or 1 / n) * (reward - q)
        else:
            self.recent.learn(row, arm, reward, self.counts[row].sum().item(), self.values[row])

    def update_all(self, rewards: np.ndarray, context: int = 0) -> None:
        """Learn what each legal arm gave at the same decision, where all of them were tried.

        Args:
            rewards: (A,), NaN where an arm is illegal.
            context: of the decision.
        """
        legal = ~np.isnan(rewards)
        for arm in np.flatnonzero(legal).tolist():
            self.update(arm, rewards.item(arm), context, legal=legal)

    def estimates(self, context: int = 0) -> np.ndarray:
        """Return a copy of the action values, (A,) float64."""
        return self.values[self.row(context)].copy()

    def mean_estimate(self, arm: int) -> float:
        """Return an arm's estimate, averaged over contexts by how often it was chosen in each.

        NaN for an arm that was never chosen, or has been forgotten.
        """
        counts = self.weights[:, arm]
        total = counts.sum().item()
        if self.n_contexts == 1 and total:  # exactly, where the average would round
            return float(self.estimates_of(arm).item())
        return (counts @ self.estimates_of(arm)).item() / total if total else math.nan

    def estimates_of(self, arm: int) -> np.ndarray:
        """Return the estimate of one arm in each context, (C,) float64."""
        return self.values[:, arm]

    def bounds(self, context: int = 0) -> np.ndarray | None:
        """Return where the policy takes each arm's value to lie, (2, A) float64: low and high.

        Infinite where it can't tell; None for a policy that does not ask.
        """
        return None

    def arrays(self) -> dict[str, np.ndarray]:
        """Return everything that learning changes, by name: what a checkpoint holds."""
        recent = self.recent.arrays() if self.recent else {}
        return {"counts": self.counts, "values": self.values} | recent

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the `arrays` of another bandit of the same kind and size."""
        checkpoint.fill(self.arrays(), arrays)
        if self.recent:
            self.recent.check()

    def row(self, context: int) -> int:
        """Return the context, checked: a negative one must not silently count from the end."""
        if not 0 <= context < self.n_contexts:
            raise ValueError(f"context must be between 0 and {self.n_contexts - 1}, got {context}")
        return context

    def legal_arms(self, legal: np.ndarray | None) -> list[int]:
        """Return the indices of the legal arms."""
        return legal_actions(legal, self.n_arms)

    def pick(self, arms: list[int]) -> int:
        """Return one of `arms`, uniformly at random."""
        return arms[0] if len(arms) == 1 else arms[int(self.rng.random() * len(arms))]

    def uniform(self, arms: list[int]) -> np.ndarray:
        """Return the distribution of `pick(arms)`, (A,)."""
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = 1 / len(arms)
        return probabilities


def argmax(scores: list[float], arms: list[int]) -> list[int]:
    """Return all of `arms` whose score is the highest among them."""
    candidates = list(map(scores.__getitem__, arms))
    best = max(candidates)
    if candidates.count(best) == 1:  # nearly always
        return [arms[candidates.index(best)]]
    return [arm for arm in arms if scores[arm] == best]


def _signature(settings: type[Settings]) -> inspect.Signature:
    """Return the constructor's parameters with the settings in the place of *values, **named."""
    own = inspect.signature(settings).parameters.values()
    mine = inspect.signature(Bandit.__init__).parameters
    last = [mine["n_contexts"], mine["rng"]]
    parameters = sorted([mine["n_arms"], *own, *last], key=lambda p: p.kind)
    return inspect.Signature(parameters)
