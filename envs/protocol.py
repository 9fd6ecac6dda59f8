"""What others need of a game, and of a game whose actions are macro-actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from envs.outcome import Outcome


class KeystrokeEnv(Protocol):
    """A game at the keyboard, fixed wholly by its seed and its settings.

    Attributes:
        actions: key codes; ``step(i)`` presses ``actions[i]``.
        observation: NLE's public keys; live buffers, overwritten by the next keystroke.
        character: of the game under way, such as ``mon-hum-neu-mal``; None if it did not say.
        terminated, truncated, reward: as of the last keystroke.
    """

    actions: tuple[int, ...]
    observation: dict[str, np.ndarray]
    character: str | None
    terminated: bool
    truncated: bool
    reward: float

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Start the game that the seed names; info has ``seed`` and ``character``."""
        ...

    def press(self, key: int) -> bool:
        """Send one key code and updates `observation` in place; return whether it is over."""
        ...

    def outcome(self) -> Outcome:
        """How the game stands, or ended."""
        ...

    def reseed(self, core: int, display: int) -> None:
        """Throws the dice anew from here on: the same seeds and keys give the same future."""
        ...

    def render(self) -> Any:
        """Return the screen, in the way of the environment's `render_mode`."""
        ...

    def close(self) -> None:
        """Frees what the game holds."""
        ...


class Named(Protocol):
    """Anything with a name, such as a macro-action."""

    @property
    def name(self) -> str:
        """What it is called in configs."""
        ...


class DecisionEnv(Protocol):
    """A game whose actions are macro-actions: `envs.macro_env.MacroEnv`, and wrappers of it."""

    @property
    def macros(self) -> Sequence[Named]:
        """The macro-actions, by action."""
        ...

    @property
    def observation(self) -> Mapping[str, np.ndarray]:
        """NLE's public keys, as of the last keystroke; live buffers."""
        ...

    def reset(self, *, seed: int) -> tuple[np.ndarray, dict[str, Any]]:
        """See `MacroEnv.reset`."""
        ...

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """See `MacroEnv.step`."""
        ...
