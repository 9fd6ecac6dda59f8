"""What a future is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from envs.macro_env import MacroEnv
from envs.outcome import Outcome

Policy = Callable[[np.ndarray, dict[str, Any], np.random.Generator], int]
"""Plays on: from features (F,), info as `MacroEnv.step` returns it, and the future's own random
numbers to a legal action. It must keep no state: futures are played in any order."""

CUT = "end of the future"  # why a macro-action ended that the horizon cut off


@dataclass(frozen=True, slots=True)
class Horizon:
    """Where a future ends if its game does not: at the first limit reached.

    Attributes:
        turns: of game time from the decision; the macro-action under way is cut off.
        decisions: macro-actions, the first one included; the last one is played to its end.

    Raises:
        ValueError: for a limit below 1.
    """

    turns: int | None = None
    decisions: int | None = None

    def __post_init__(self) -> None:
        for name, limit in (("turns", self.turns), ("decisions", self.decisions)):
            if limit is not None and limit < 1:
                raise ValueError(f"a horizon has at least 1 of {name}, not {limit}")


@dataclass(frozen=True, slots=True)
class Future:
    """One future that was played to its horizon, or to the end of its game.

    Attributes:
        action: the macro-action it began with.
        index: its number among the futures of that action.
        seeds: of its dice: NetHack's core and display seeds.
        survived: the hero is not dead.
        over: the game ended, by death or otherwise.
        outcome: how the game stands; points, progression, turns and so on count from the beginning
            of the game.
        reward: discounted from the decision: Σ γᵏ r, k in keystrokes.
        discount: what the value of the last state is worth at the decision: γᵏ, 0 if the game
            terminated. So `reward + discount · V(observation)` is a return cut short.
        decisions: macro-actions played.
        keys: sent, from the decision on.
        observation, info: features (F,) at the end, and ``action_mask``, ``situation`` and so on.
        report: what its `Watcher` reports; None without one.
    """

    action: int
    index: int
    seeds: tuple[int, int]
    survived: bool
    over: bool
    outcome: Outcome
    reward: float
    discount: float
    decisions: int
    keys: bytes
    observation: np.ndarray
    info: dict[str, Any]
    report: Any = None

    @property
    def points(self) -> int:
        """NetHack's score at the end."""
        return self.outcome.points

    @property
    def progression(self) -> float:
        """BALROG's estimate at the end, 0 to 1."""
        return self.outcome.progression

    @property
    def turns(self) -> int:
        """Game time at the end, from the beginning of the game."""
        return self.outcome.turns


@dataclass(frozen=True, slots=True)
class Lost:
    """A future of which nothing is known.

    Attributes:
        action, index: see `Future`.
        why: the game's process crashed, it took too long, or the policy failed.
    """

    action: int
    index: int
    why: str


class Watcher(Protocol):
    """Follows one future while it is played, where it is played: in the child process."""

    def chosen(self, observation: np.ndarray, info: dict[str, Any], action: int) -> None:
        """Hears of each choice before it is played."""
        ...

    def played(self, env: MacroEnv, action: int, reward: float, info: dict[str, Any]) -> None:
        """Hears what came of it, as `MacroEnv.step` tells it."""
        ...

    def report(self, env: MacroEnv, over: bool) -> Any:
        """Return what is sent back at the end of the future: anything that can be pickled."""
        ...
