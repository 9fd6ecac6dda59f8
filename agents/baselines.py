"""Agents that never learn, to compare the others with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents.base import Metrics, State, Transition, finite_rewards, legal_actions
from agents.saved import SavedAgent
from agents.settings import ActionIndices, Settings, setting


class FixedPolicy(SavedAgent):
    """What never learns: it has no arrays and no action values."""

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns nothing."""
        finite_rewards(transitions)
        return {}

    def estimates(self, state: State) -> None:
        """Keep no action values."""


class RandomAgent(FixedPolicy):
    """Every legal action is equally likely."""

    name = "random"
    settings_type = Settings

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


@dataclass(frozen=True)
class PrioritySettings(Settings):
    """Settings of a fixed order."""

    order: ActionIndices | None = setting(
        None, "actions, most urgent first; the others follow in their own order"
    )


class PriorityAgent(FixedPolicy):
    """The first legal action in a fixed order.

    There is always a choice, since actions that `order` leaves out follow.
    """

    name = "priority"
    settings_type = PrioritySettings
    settings: PrioritySettings

    def _build(self, n_actions: int, n_contexts: int, n_features: int) -> None:
        self.order = complete_order(self.settings.order, n_actions)

    def act(self, state: State) -> int:
        """Return the first legal action of the order."""
        legal = legal_actions(state.action_mask, len(self.order))
        return next(action for action in self.order if action in legal)

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return 1 on the action that `act` takes, (A,)."""
        probabilities = np.zeros(len(self.order))
        probabilities[self.act(state)] = 1.0
        return probabilities


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
