"""Workers that are not there: games are played in this process, and last as long as a test says.

Their clock goes on only where games are waited for, so what it shows is the same every time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from experiments.training.batch import Batch
from experiments.training.team import Game, Result


class Pretended:
    """A `Backend` and its `Team`.

    Args:
        lasts: how long a game takes.
        before_result: called before each look at what is there; what it raises ends the command.

    Attributes:
        played: how often each game was played to its end, by its run, its label and its seed.
        busy, idle: time of workers, added up.
    """

    apart = True

    def __init__(
        self, lasts: Callable[[Game], float], before_result: Callable[[], None] = lambda: None
    ) -> None:
        self._lasts, self._before_result = lasts, before_result
        self._now, self._workers = 0.0, 1
        self._ends: list[tuple[float, Game]] = []
        self.played: Counter[tuple[str, str, int]] = Counter()  # in the order of their ends
        self.busy = self.idle = 0.0

    @contextmanager
    def playing(self, batch: Batch, workers: int) -> Iterator[Pretended]:
        """See `Backend`."""
        self._workers = workers
        try:
            yield self
        finally:
            self._ends = [(end, game) for end, game in self._ends if game.batch is not batch]

    def free(self) -> int:
        """See `Team`."""
        return self._workers - len(self._ends)

    def send(self, game: Game) -> None:
        """See `Team`."""
        assert self.free() > 0
        self._ends.append((self._now + self._lasts(game), game))

    def under_way(self) -> list[Game]:
        """See `Team`."""
        return [game for _, game in self._ends]

    def results(self, wait: bool = True) -> list[tuple[Game, Result]]:
        """See `Team`."""
        self._before_result()
        if wait:
            end = min(end for end, _ in self._ends)
            self.busy += (end - self._now) * len(self._ends)
            self.idle += (end - self._now) * self.free()
            self._now = end
        over = [game for end, game in self._ends if end <= self._now]
        self._ends = [(end, game) for end, game in self._ends if end > self._now]
        return [(game, self._play(game)) for game in over]

    def _play(self, game: Game) -> Result:
        self.played[name_of(game)] += 1
        return game.batch.play(game.seed)


def name_of(game: Game) -> tuple[str, str, int]:
    """Return the run that a game belongs to, its label, and its seed."""
    config, recording = game.batch.config, game.batch.recording
    assert recording
    return f"{config.name} {config.seed}", recording.label, game.seed
