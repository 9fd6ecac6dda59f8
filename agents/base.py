"""What an agent sees, what it learns from, and what it must be able to do."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from agents.checkpoint import Header

# What a round of learning was like: name -> finite number. A metric of one action has the action
# after a slash: "pulls/3". What has no value in a round, such as 0/0, is left out.
Metrics = dict[str, float]


class Diverged(ArithmeticError):
    """Raised when a loss is NaN or infinite; says which setting is the likely cause."""


@dataclass(frozen=True, slots=True)
class State:
    """What an agent sees at a decision."""

    features: np.ndarray  # (F,) float32
    context: int  # 0 <= context < n_contexts
    action_mask: np.ndarray  # (A,) bool, True on the legal actions, of which there is at least one


@dataclass(frozen=True, slots=True)
class Transition:
    """One decision of a semi-Markov decision process (Sutton, Precup & Singh, 1999).

    A decision that took k keystrokes with rewards r_0 .. r_{k-1} has
    `reward` = sum of gamma^i r_i, and `discount` = gamma^k is what the value of
    `next_state` is worth now: 0.0 when the game terminated.
    `last` is True where the game ended: terminated (discount 0) or truncated (discount > 0).
    `keystrokes` is k, at least 1: it does not follow from a discount of 0 or 1.
    """

    state: State
    action: int
    reward: float
    discount: float
    next_state: State
    last: bool
    keystrokes: int = 1


class Agent(Protocol):
    """Chooses among A actions and learns from transitions.

    `header` says how to build the agent again. `rng` is its only source of randomness; whoever
    plays replaces it before each game and before each `learn`. When `learns_online` is True,
    `learn([transition])` is called after every decision, on the game's own copy of the agent.

    A class in `registry.REGISTRY` also has a `name` and a `settings_type` (see `settings.py`), and
    is made by `kind(n_actions, n_contexts, n_features, settings, rng=rng)`.
    """

    header: Header
    rng: np.random.Generator
    learns_online: bool

    def act(self, state: State) -> int:
        """Return a legal action."""
        ...

    def learn(self, transitions: Sequence[Transition]) -> Metrics:
        """Learns from transitions in the order they happened; they may span several games.

        Returns:
            What it was like, of these transitions alone; {} for an agent with nothing to tell.
        """
        ...

    def action_probabilities(self, state: State) -> np.ndarray:
        """Return the exact distribution of the next `act(state)`, (A,) float64."""
        ...

    def estimates(self, state: State) -> np.ndarray | None:
        """Return action values in units of reward, (A,) float64; None if the agent keeps none."""
        ...

    def save(self, folder: Path) -> None:
        """Write `agent.json` and `agent.safetensors` into `folder` (see `checkpoint.py`)."""
        ...

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint; raise ValueError when they do not fit."""
        ...


@runtime_checkable
class Explorer(Protocol):
    """An agent that tries things out while it is trained, and elsewhere plays as well as it can.

    Attributes:
        exploring: False, unless whoever trains it says otherwise.
    """

    exploring: bool


@runtime_checkable
class Starter(Protocol):
    """An agent whose checkpoint also holds what belongs to its training, such as momentum.

    Another training that starts from it leaves that behind; of other agents it takes everything.
    """

    def start_from(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take over what was learned from a checkpoint's arrays; ValueError if it does not fit."""
        ...


def finite_rewards(transitions: Sequence[Transition]) -> list[float]:
    """Return the rewards, (T,), in order; Diverged unless all are finite."""
    rewards = [transition.reward for transition in transitions]
    for reward in rewards:
        if not math.isfinite(reward):
            raise Diverged(f"the reward {reward} is NaN or infinite: look at env.reward")
    return rewards


def drawn(probabilities: Sequence[float], rng: np.random.Generator) -> int:
    """Return an index drawn with these probabilities, (A,); never one whose probability is 0.

    A draw below 1 times the sum is below the sum, however both are rounded.
    """
    cumulative = list(accumulate(probabilities))
    return bisect_right(cumulative, rng.random() * cumulative[-1])


def legal_actions(action_mask: np.ndarray | None, n_actions: int) -> list[int]:
    """Return the indices of the legal actions.

    Args:
        action_mask: (A,) bool; None allows every action.
        n_actions: A.

    Raises:
        ValueError: for a mask of the wrong shape, and for one that allows nothing.
    """
    if action_mask is None:
        return list(range(n_actions))
    mask = np.asarray(action_mask, dtype=bool)
    if mask.shape != (n_actions,):
        raise ValueError(f"the action mask must have shape ({n_actions},), got {mask.shape}")
    actions = list(compress(range(n_actions), mask.tolist()))
    if not actions:
        raise ValueError(f"the action mask allows none of the {n_actions} actions")
    return actions
