"""What an agent sees, what it learns from, and what it must be able to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Annotated, Protocol

import numpy as np

from agents.checkpoint import Header

# Settings that list actions or features by index; a config lists them by name.
ActionIndices = Annotated[list[int], "actions"]
FeatureIndices = Annotated[list[int], "features"]


class Diverged(ArithmeticError):
    """Learning has met a number that is none; says which setting is the likely cause."""


@dataclass(frozen=True, slots=True)
class State:
    """What an agent sees at a decision."""

    features: np.ndarray  # (F,) float32
    situation: int  # 0 <= situation < n_situations
    legal: np.ndarray  # (A,) bool, the legal mask, at least one True


@dataclass(frozen=True, slots=True)
class Transition:
    """One decision of a semi-Markov decision process (Sutton, Precup & Singh, 1999).

    A decision that took k keystrokes with rewards r_0 .. r_{k-1} has
    `reward` = sum of gamma^i r_i, and `discount` = gamma^k is what the value of
    `next_state` is worth now: 0.0 when the game terminated.
    `last` is True where the game ended: terminated (discount 0) or truncated (discount > 0).
    """

    state: State
    action: int
    reward: float
    discount: float
    next_state: State
    last: bool


class Agent(Protocol):
    """Chooses among A actions and learns from transitions.

    `header` says how to build the agent again. `rng` is its only source of randomness; whoever
    plays replaces it before each game and before each `learn`. When `learns_online` is True,
    `learn([transition])` is called after every decision, on the game's own copy of the agent.
    """

    header: Header
    rng: np.random.Generator
    learns_online: bool

    def act(self, state: State) -> int:
        """Choose a legal action."""
        ...

    def learn(self, transitions: Sequence[Transition]) -> None:
        """Learn from transitions in the order they happened; they may span several games."""
        ...

    def action_probabilities(self, state: State) -> np.ndarray:
        """(A,) float64: the exact distribution of the next `act(state)`."""
        ...

    def estimates(self, state: State) -> np.ndarray | None:
        """(A,) float64: action values in units of reward; None if the agent keeps none."""
        ...

    def save(self, folder: Path) -> None:
        """Write `agent.json` and `agent.safetensors` into `folder` (see `checkpoint.py`)."""
        ...

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint; ValueError when they do not fit."""
        ...


def legal_actions(legal: np.ndarray | None, n_actions: int) -> list[int]:
    """The indices of the legal actions; `legal` is an (A,) mask, None allows every action.

    Raises ValueError for a mask of the wrong shape and for one that allows nothing.
    """
    if legal is None:
        return list(range(n_actions))
    mask = np.asarray(legal, dtype=bool)
    if mask.shape != (n_actions,):
        raise ValueError(f"the legal mask must have shape ({n_actions},), got {mask.shape}")
    actions = list(compress(range(n_actions), mask.tolist()))
    if not actions:
        raise ValueError(f"the legal mask allows none of the {n_actions} actions")
    return actions
