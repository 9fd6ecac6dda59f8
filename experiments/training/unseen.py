"""Unseen games that need not wait for their turn: nothing that is still being learned matters."""

from __future__ import annotations

from collections import deque

from experiments.replays.recorder import Recording
from experiments.training import ahead
from experiments.training.asked import Asked
from experiments.training.batch import Batch
from experiments.training.rollout import Episode
from experiments.training.team import Game, Result


class Unseen:
    """A `Meanwhile`: the games of an evaluation to come, played while a round waits.

    What a game is does not depend on when it is played; what comes to no end here is played again
    when its turn comes.

    Args:
        asked: whose games they are. What is kept of them is not played again.
        games: how many.
        rows: of the first of these, whose turn is over.
    """

    def __init__(self, asked: Asked, games: int, rows: int) -> None:
        self.asked, self.games = asked, games
        recording = Recording(asked.label, asked.trained, first_seed=asked.first)
        self.batch = Batch(asked.run.config, asked.agent, False, recording)
        ahead.forget(asked, rows)  # of an evaluation that was killed
        seeds = range(asked.first + rows, asked.first + games)
        self._done = ahead.kept(asked, seeds)
        self._waiting = deque(seed for seed in seeds if seed not in self._done)

    def next(self) -> Game | None:
        """See `Meanwhile`."""
        return Game(self.batch, self._waiting.popleft()) if self._waiting else None

    def take(self, game: Game, result: Result) -> None:
        """See `Meanwhile`."""
        if game.batch is self.batch and isinstance(result, Episode):
            ahead.keep(self.asked, result)
            self._done[game.seed] = result

    def claim(self) -> dict[int, Episode]:
        """Return the games that were played, by seed: their turn has come, and no more go out."""
        self._waiting.clear()
        done, self._done = self._done, {}
        return done


class Queue:
    """A `Meanwhile`: the games of several evaluations to come, one after the other."""

    def __init__(self) -> None:
        self._all: list[Unseen] = []

    def add(self, unseen: Unseen) -> None:
        """Let its games go out after those that are there."""
        self._all.append(unseen)

    def remove(self, unseen: Unseen) -> None:
        """Let no more of its games go out."""
        self._all.remove(unseen)

    def next(self) -> Game | None:
        """See `Meanwhile`."""
        return next((game for unseen in self._all if (game := unseen.next())), None)

    def take(self, game: Game, result: Result) -> None:
        """See `Meanwhile`."""
        for unseen in self._all:
            unseen.take(game, result)
