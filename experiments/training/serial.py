"""Games in this process, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from experiments.training.batch import Batch, GameFailed
from experiments.training.team import Result


class Serial:
    """A `Backend` without other processes: for programs, tests, and systems that allow none."""

    @contextmanager
    def playing(self, batch: Batch, workers: int) -> Iterator[Here]:
        """See `Backend`."""
        yield Here(batch)


class Here:
    """A `Team` of one."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._seed: int | None = None

    def free(self) -> int:
        """See `Team`."""
        return int(self._seed is None)

    def send(self, seed: int) -> None:
        """See `Team`."""
        self._seed = seed

    def results(self) -> list[Result]:
        """See `Team`."""
        seed, self._seed = self._seed, None
        assert seed is not None
        try:
            return [self._batch.play(seed)]
        except GameFailed as error:
            return [error]
