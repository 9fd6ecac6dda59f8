"""What there is to know about a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

BY_HAND = "by hand"  # the macro-action of keys that a person pressed


@dataclass(frozen=True, slots=True)
class Choice:
    """How the agent chose at a decision.

    Attributes:
        macros: names of the A macro-actions.
        situation: in words, such as ``threat: none, health: full``.
        legal: (A,) bool.
        probabilities: (A,) of being chosen.
        estimates: (A,) action values, or None if the agent keeps none.
        counts: (A,) how often each was learned from here, or None if the agent does not count.
        bounds: (2, A) between which the agent takes each action's value to lie, infinite where it
            can't tell; None if it keeps none.
        chosen: the action; -1 where a person chose.
    """

    macros: tuple[str, ...]
    situation: str
    legal: np.ndarray
    probabilities: np.ndarray
    estimates: np.ndarray | None
    counts: np.ndarray | None
    bounds: np.ndarray | None
    chosen: int

    def beliefs(self) -> tuple[np.ndarray | None, ...]:
        """Estimates, counts, low and high bounds, each (A,), or None where the agent has none."""
        low, high = (None, None) if self.bounds is None else self.bounds
        return self.estimates, self.counts, low, high


class Dice(NamedTuple):
    """Dice that were thrown anew: what makes a future of a game, see `envs.futures`.

    Attributes:
        decision: the number of the first decision played with them.
        core, display: NetHack's seeds from there on, see `NetHack.reseed`.
    """

    decision: int
    core: int
    display: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, so far.

    Attributes:
        number: counts up from 1.
        macro: the macro-action's name, or `BY_HAND`.
        start: keystrokes of the game before it.
        choice: how it was made.
        keys: sent so far.
        ended: why the macro-action ended; "" while it runs.
        reward: discounted over the keys; 0 while it runs.
    """

    number: int
    macro: str
    start: int
    choice: Choice
    keys: bytes = b""
    ended: str = ""
    reward: float = 0.0

    @property
    def end(self) -> int:
        """Keystrokes of the game up to and with its last one."""
        return self.start + len(self.keys)
