"""Those who play games: what the rest of training needs of them, wherever they are."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from experiments.training.batch import Batch, GameFailed
from experiments.training.faults import Fault
from experiments.training.rollout import Episode

Result = Episode | Fault | GameFailed


class Game(NamedTuple):
    """A game to be played."""

    batch: Batch
    seed: int


class Team(Protocol):
    """Plays games, several at a time, in any order.

    Attributes:
        apart: whether games go on while this process does something else.
    """

    apart: bool

    def free(self) -> int:
        """How many more games would be played at once, were they sent now."""
        ...

    def send(self, game: Game) -> None:
        """Let a game be played."""
        ...

    def under_way(self) -> list[Game]:
        """Return the games that were sent, also to a team of before, and are not over."""
        ...

    def results(self, wait: bool = True) -> list[tuple[Game, Result]]:
        """Return all that came of games: at least one, which is waited for; or what is there."""
        ...


class Backend(Protocol):
    """Where games are played."""

    def playing(self, batch: Batch, workers: int) -> AbstractContextManager[Team]:
        """Return a team for a batch; games of it that are under way at the end are broken off.

        Args:
            batch: what most of the games are of.
            workers: the most games at a time.
        """
        ...


class Meanwhile(Protocol):
    """Games for workers that would have nothing to do: a round waits for its last games, or the
    agent learns from it.
    """

    def next(self) -> Game | None:
        """Return the next one, if there is one."""
        ...

    def take(self, game: Game, result: Result) -> None:
        """Take what came of one, in any order."""
        ...
