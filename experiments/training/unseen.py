"""Unseen games that do not wait for the end of training: those of an agent that does not learn."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from agents import Agent
from experiments.config.models import Config, find, load, make_agent
from experiments.replays.recorder import Recording
from experiments.seeds import evaluation_label, evaluation_seed
from experiments.training.batch import Batch
from experiments.training.rollout import Episode
from experiments.training.team import Game, Result


class Unseen:
    """A `Meanwhile`: the baseline's games, played while a round waits for its last ones.

    What a game is does not depend on when it is played; what comes to no end here is played again
    when its turn comes.

    Args:
        config: of the run.
        who: the untrained agent.
    """

    def __init__(self, config: Config, who: str) -> None:
        first, games = evaluation_seed(0), config.evaluate.games
        agent = untrained(who, config)
        recording = Recording(evaluation_label(who), 0, first_seed=first)
        self._batch = Batch(config, agent, False, recording)
        self._waiting = deque(range(first, first + games))
        self._done: dict[int, Episode] = {}

    def next(self) -> Game | None:
        """See `Meanwhile`."""
        return Game(self._batch, self._waiting.popleft()) if self._waiting else None

    def take(self, game: Game, result: Result) -> None:
        """See `Meanwhile`."""
        if game.batch is self._batch and isinstance(result, Episode):
            self._done[game.seed] = result

    def missing(self, seeds: Sequence[int]) -> list[int]:
        """Return those of the games that were not played yet."""
        return [seed for seed in seeds if seed not in self._done]

    def among(self, seeds: Sequence[int], others: Iterator[Episode]) -> Iterator[Episode]:
        """Return all games in order, of which others played those that were `missing`."""
        return (self._done.pop(seed) if seed in self._done else next(others) for seed in seeds)


def untrained(name: str, config: Config) -> Agent:
    """Return an agent with the settings of its packaged config, for the environment of a run."""
    return make_agent(config.model_copy(update={"agent": load(find(name)).agent}))
