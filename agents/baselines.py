"""Agents that never learn, to compare the others with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agents import checkpoint
from agents.base import Metrics, State, Transition, finite_rewards, legal_actions
from agents.settings import ActionIndices, Settings, setting


class RandomAgent:
    """Every legal action is equally likely."""

    name = "random"
    settings_type = Settings
    learns_online = False

    def __init__(
        self,
        n_actions: int,
        n_contexts: int = 1,
        n_features: int = 0,
        settings: Settings | None = None,
        *,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.header = checkpoint.Header(self.name, n_actions, n_contexts, n_features, {})
        self.rng = np.random.default_rng() if rng is None else rng

    def act(self, state: State) -> int:
        """Return a legal action, uniformly at random."""
        legal = legal_actions(state.action_mask, self.header.n_actions)
        return legal[int(self.rng.random() * len(legal))]

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return 1 / number of legal actions on each of them, (A,)."""
        legal = legal_actions(state.action_mask, self.header.n_actions)
        probabilities = np.zeros(self.header.n_actions)
        probabilities[legal] = 1 / len(legal)
        return probabilities

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns nothing."""
        finite_rewards(transitions)
        return {}

    def estimates(self, state: State) -> None:
        """Keep no action values."""

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, {})

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Has nothing to restore."""
        checkpoint.fill({}, arrays)


@dataclass(frozen=True)
class PrioritySettings(Settings):
    """Settings of a fixed order."""

    order: ActionIndices | None = setting(
        None, "actions, most urgent first; the others follow in their own order"
    )


class PriorityAgent:
    """The first legal action in a fixed order.

    There is always a choice, since actions that `order` leaves out follow.
    """

    name = "priority"
    settings_type = PrioritySettings
    learns_online = False

    def __init__(
        self,
        n_actions: int,
        n_contexts: int = 1,
        n_features: int = 0,
        settings: PrioritySettings | None = None,
        *,
        rng: np.random.Generator | None = None,
    ) -> None:
        settings = settings or PrioritySettings()
        self.order = complete_order(settings.order, n_actions)
        self.header = checkpoint.Header(
            self.name, n_actions, n_contexts, n_features, settings.to_json()
        )
        self.rng = np.random.default_rng() if rng is None else rng

    def act(self, state: State) -> int:
        """Return the first legal action of the order."""
        legal = legal_actions(state.action_mask, len(self.order))
        return next(action for action in self.order if action in legal)

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return 1 on the action that `act` takes, (A,)."""
        probabilities = np.zeros(len(self.order))
        probabilities[self.act(state)] = 1.0
        return probabilities

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns nothing."""
        finite_rewards(transitions)
        return {}

    def estimates(self, state: State) -> None:
        """Keep no action values."""

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, {})

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Has nothing to restore."""
        checkpoint.fill({}, arrays)


def complete_order(first: Sequence[int] | None, n_actions: int) -> list[int]:
    """Return all actions, those of `first` in their order and then the others in theirs.

    Raises:
        ValueError: for what is no action, or is named twice.
    """
    first = list(first or [])
    if len(set(first)) != len(first) or not set(first) <= set(range(n_actions)):
        raise ValueError(
            f"order must name actions from 0 to {n_actions - 1}, each at most once, got {first}"
        )
    return first + [action for action in range(n_actions) if action not in first]
