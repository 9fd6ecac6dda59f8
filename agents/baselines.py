"""Agents that never learn, to compare the others with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agents import checkpoint
from agents.base import ActionIndices, State, Transition, legal_actions


class RandomAgent:
    """Every legal action is equally likely."""

    name = "random"
    learns_online = False

    def __init__(
        self,
        n_actions: int,
        n_situations: int = 1,
        n_features: int = 0,
        *,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.header = checkpoint.Header(self.name, n_actions, n_situations, n_features, {})
        self.rng = np.random.default_rng() if rng is None else rng

    def act(self, state: State) -> int:
        """A legal action, uniformly at random."""
        legal = legal_actions(state.legal, self.header.n_actions)
        return legal[int(self.rng.random() * len(legal))]

    def action_probabilities(self, state: State) -> np.ndarray:
        """(A,): 1 / number of legal actions on each of them."""
        legal = legal_actions(state.legal, self.header.n_actions)
        probabilities = np.zeros(self.header.n_actions)
        probabilities[legal] = 1 / len(legal)
        return probabilities

    def learn(self, transitions: Sequence[Transition]) -> None:
        """Learns nothing."""

    def estimates(self, state: State) -> None:
        """Keeps no action values."""

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, {})

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """There is nothing to restore."""
        checkpoint.fill({}, arrays)


class PriorityAgent:
    """The first legal action in a fixed order.

    `order` lists actions, most urgent first; actions it leaves out follow in their own order,
    so there is always a choice. None: the order of the actions.
    """

    name = "priority"
    learns_online = False

    def __init__(
        self,
        n_actions: int,
        n_situations: int = 1,
        n_features: int = 0,
        *,
        order: ActionIndices | None = None,
        rng: np.random.Generator | None = None,
    ) -> None:
        first = [] if order is None else list(order)
        if len(set(first)) != len(first) or not set(first) <= set(range(n_actions)):
            raise ValueError(
                f"order must name actions from 0 to {n_actions - 1}, each at most once, got {order}"
            )
        self.order = first + [action for action in range(n_actions) if action not in first]
        self.header = checkpoint.Header(
            self.name, n_actions, n_situations, n_features, {"order": order}
        )
        self.rng = np.random.default_rng() if rng is None else rng

    def act(self, state: State) -> int:
        """The first legal action of the order."""
        legal = legal_actions(state.legal, len(self.order))
        return next(action for action in self.order if action in legal)

    def action_probabilities(self, state: State) -> np.ndarray:
        """(A,): 1 on the action that `act` takes."""
        probabilities = np.zeros(len(self.order))
        probabilities[self.act(state)] = 1.0
        return probabilities

    def learn(self, transitions: Sequence[Transition]) -> None:
        """Learns nothing."""

    def estimates(self, state: State) -> None:
        """Keeps no action values."""

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, {})

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """There is nothing to restore."""
        checkpoint.fill({}, arrays)
