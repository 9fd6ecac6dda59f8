"""Those who play games: what the rest of training needs of them, wherever they are."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from experiments.training.batch import Batch, GameFailed
from experiments.training.faults import Fault
from experiments.training.rollout import Episode

Result = Episode | Fault | GameFailed


class Team(Protocol):
    """Plays games of one batch, several at a time, in any order."""

    def free(self) -> int:
        """How many more games would be played at once, were they sent now."""
        ...

    def send(self, seed: int) -> None:
        """Let a game be played."""
        ...

    def results(self) -> list[Result]:
        """Wait for a game that was sent; return all that are there, at least one."""
        ...


class Backend(Protocol):
    """Where games are played."""

    def playing(self, batch: Batch, workers: int) -> AbstractContextManager[Team]:
        """Return a team for a batch; games under way at the end are broken off.

        Args:
            batch: the games.
            workers: the most games at a time.
        """
        ...
