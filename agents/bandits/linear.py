"""Bandits that see: the reward of each action is linear in the features."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents.bandits.credit import CreditSettings, credited, credited_returns
from agents.bandits.reward_range import RewardRange
from agents.base import Metrics, State, Transition, legal_actions
from agents.lessons import Lesson, Pupil, pulls
from agents.saved import SavedAgent
from agents.settings import setting


@dataclass(frozen=True)
class LinearSettings(CreditSettings):
    """Settings that both have."""

    regularisation: float = setting(
        1.0,
        "the weight of |θ|² in the regression: how many unit features seen it counts as",
        low=1e-3,
        high=1e6,
    )


class LinearBandit(Pupil, SavedAgent, ABC):
    """Ridge regression of rewards on features, one for each action (the disjoint model).

    With x = (1, features), a reward of action a in [0, 1] is taken to be θ_aᵀ x plus noise, and

        V_a = (λ I + Σ x xᵀ)⁻¹        θ_a = V_a Σ r x

    over the decisions that took a (Li, Chu, Langford & Schapire, 2010, section 3.1). θ_aᵀ x has
    the variance xᵀ V_a x in units of the noise's. V_a follows each decision by Sherman & Morrison
    (1950): V <- V - (V x)(V x)ᵀ / (1 + xᵀ V x).

    Like every bandit it looks at each decision's own reward alone, in all or per keystroke.

    Args:
        n_actions, n_contexts, n_features: sizes; contexts are not looked at.
        settings: None for the defaults; they have `regularisation`, λ, `credit` and
            `reward_range`.
        rng: breaks ties, and draws.

    Attributes:
        covariance: (A, D, D) float64, V_a, with D = 1 + n_features.
        sums: (A, D) float64, Σ r x.
        taken: (A,) int64, decisions learned from.
    """

    settings: LinearSettings
    learns_online = True

    def _build(self, n_actions: int, n_contexts: int, n_features: int) -> None:
        self.range = RewardRange.of(self.settings.reward_range)
        one = np.eye(1 + n_features) / self.settings.regularisation
        self.covariance = np.repeat(one[None], n_actions, axis=0)
        self.sums = np.zeros((n_actions, 1 + n_features))
        self.taken = np.zeros(n_actions, np.int64)

    @abstractmethod
    def act(self, state: State) -> int:
        """Return a legal action."""

    @abstractmethod
    def action_probabilities(self, state: State) -> np.ndarray:
        """Return the distribution of the next `act(state)`, (A,) float64."""

    def predict(self, state: State) -> tuple[np.ndarray, np.ndarray]:
        """Return θ_aᵀ x and √(xᵀ V_a x) of each action, (A,) both, in [0, 1]'s units."""
        x = with_one(state)
        spread = self.covariance @ x  # V_a x, (A, D)
        means = (spread * self.sums).sum(axis=1)  # V is symmetric: θᵀ x = (Σ r x)ᵀ V x
        return means, np.sqrt(spread @ x)

    def legal(self, state: State) -> list[int]:
        """Return the legal actions."""
        return legal_actions(state.action_mask, len(self.taken))

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns from each decision, in order.

        Returns:
            For each action ``pulls/<action>``, how many of these decisions took it; and of those
            taken ``estimate/<action>``, what is now predicted of them on average, in rewards.
        """
        rewards = credited(transitions, self.settings.credit)
        for transition, reward in zip(transitions, rewards, strict=True):
            self._update(transition.state, transition.action, self.range.unit(reward))
        metrics: Metrics = {f"pulls/{action}": 0 for action in range(len(self.taken))}
        predicted: dict[int, list[float]] = {}
        for transition in transitions:
            action = transition.action
            metrics[f"pulls/{action}"] += 1
            mean = float(self.covariance[action] @ with_one(transition.state) @ self.sums[action])
            predicted.setdefault(action, []).append(mean)
        for action, means in sorted(predicted.items()):
            metrics[f"estimate/{action}"] = float(self.range.rewards(np.array(np.mean(means))))
        return metrics

    def study(self, lessons: Sequence[Lesson]) -> Metrics:
        """Learns from futures of one decision as from choices of its own: every action was tried.

        Returns:
            `lesson_pulls`: how many rewards that were.
        """
        for lesson in lessons:
            units = self.range.units(credited_returns(lesson, self.settings.credit))
            for action, future in np.argwhere(~np.isnan(units)).tolist():
                self._update(lesson.state, action, units.item(action, future))
        return {"lesson_pulls": pulls(lessons)}

    def _update(self, state: State, action: int, reward: float) -> None:
        x = with_one(state)
        spread = self.covariance[action] @ x
        self.covariance[action] -= np.outer(spread, spread) / (1 + spread @ x)
        self.sums[action] += reward * x
        self.taken[action] += 1

    def estimates(self, state: State) -> np.ndarray:
        """Return θ_aᵀ x in units of reward, (A,) float64."""
        return self.range.rewards(self.predict(state)[0])

    def counts(self, state: State) -> np.ndarray:
        """Return how often each action was learned from, anywhere, (A,) int64."""
        return self.taken.copy()

    def _arrays(self) -> dict[str, np.ndarray]:
        return {"covariance": self.covariance, "sums": self.sums, "taken": self.taken}


def with_one(state: State) -> np.ndarray:
    """Return x = (1, features), (D,) float64."""
    return np.concatenate([[1.0], state.features])
