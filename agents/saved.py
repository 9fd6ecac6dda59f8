"""What agents have in common: sizes, settings and a generator, and arrays that are saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from agents import checkpoint
from agents.settings import Settings


class SavedAgent:
    """An agent whose settings say how to build it, and whose arrays are what it has learned.

    Args:
        n_actions, n_contexts, n_features: sizes.
        settings: None for the defaults.
        rng: the agent's only source of randomness; None for one of the system's entropy.
    """

    name: ClassVar[str]
    settings_type: ClassVar[type[Settings]]
    settings: Any  # of that type
    learns_online = False

    def __init__(
        self,
        n_actions: int,
        n_contexts: int = 1,
        n_features: int = 0,
        settings: Any = None,
        *,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.settings = self.settings_type() if settings is None else settings
        sizes = (n_actions, n_contexts, n_features)
        self.header = checkpoint.Header(self.name, *sizes, self.settings.to_json())
        self.rng = np.random.default_rng() if rng is None else rng
        self._build(*sizes)

    def _build(self, n_actions: int, n_contexts: int, n_features: int) -> None:
        """Make what the agent learns into; ValueError for settings that do not fit the sizes."""

    def _arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds, by name: the arrays themselves, not copies."""
        return {}

    def save(self, folder: Path) -> None:
        """Write the checkpoint."""
        checkpoint.save(folder, self.header, self._arrays())

    def restore(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the arrays of a checkpoint."""
        checkpoint.fill(self._arrays(), arrays)
