"""Games in this process, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from experiments.training.batch import Batch, GameFailed
from experiments.training.team import Game, Result


class Serial:
    """A `Backend` without other processes: for programs, tests, and systems that allow none."""

    @contextmanager
    def playing(self, batch: Batch, workers: int) -> Iterator[Here]:
        """See `Backend`."""
        yield Here()


class Here:
    """A `Team` of one."""

    apart = False

    def __init__(self) -> None:
        self._game: Game | None = None

    def free(self) -> int:
        """See `Team`."""
        return int(self._game is None)

    def send(self, game: Game) -> None:
        """See `Team`."""
        self._game = game

    def under_way(self) -> list[Game]:
        """See `Team`."""
        return [self._game] if self._game else []

    def results(self, wait: bool = True) -> list[tuple[Game, Result]]:
        """See `Team`; nothing is played unless it is waited for."""
        if not wait:
            return []
        game, self._game = self._game, None
        assert game is not None
        try:
            return [(game, game.batch.play(game.seed))]
        except GameFailed as error:
            return [(game, error)]
