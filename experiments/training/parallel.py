"""Whole games, several at a time, with the results of one after the other.

A game depends on the agent, the run's seed and the game's seed alone, so it does not matter which
process plays it, or after which other game.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agents import Agent
from experiments.config.models import Config
from experiments.errors import RunError
from experiments.replays.recorder import Recording
from experiments.training.backends import backend
from experiments.training.batch import Batch, GameFailed, Teach
from experiments.training.faults import LOST, Fault, OnFault, stand_in, unfinished_replay
from experiments.training.rollout import Episode
from experiments.training.team import Game, Meanwhile, Result, Team


def play_games(
    config: Config,
    agent: Agent,
    seeds: Sequence[int],
    learn: bool,
    workers: int,
    recording: Recording | None = None,
    teach: Teach | None = None,
    on_fault: OnFault | None = None,
    meanwhile: Meanwhile | None = None,
) -> Iterator[Episode]:
    """Plays one game per seed, each from the agent as it stands now; yields them in order.

    Args:
        config, agent, learn, recording, teach: see `Batch`.
        seeds, workers, on_fault, meanwhile: see `play_batch`.

    Raises:
        RunError: see `play_batch`.
    """
    batch = Batch(config, agent, learn, recording, teach)
    return play_batch(batch, seeds, workers, on_fault, meanwhile)


def play_batch(
    batch: Batch,
    seeds: Sequence[int],
    workers: int,
    on_fault: OnFault | None = None,
    meanwhile: Meanwhile | None = None,
    before: Mapping[int, Episode] | None = None,
) -> Iterator[Episode]:
    """Plays one game per seed; yields them in order.

    A game whose process dies or overruns a limit is played again; after `STRIKES` of that, a row
    that says so stands in its place. One of this very batch that is under way is waited for.

    Args:
        batch: what the games have in common.
        seeds: the games'.
        workers: how many games at a time, see `experiments.training.backends`. Each worker keeps
            its environment for the next game.
        on_fault: told of every game that came to no end.
        meanwhile: gives other games to workers that would wait for the last ones of these.
        before: games that were played before, by seed.

    Raises:
        RunError: for an exception in a game, and if not one of several games came to its end.
    """
    lost: list[str] = []
    with backend(workers).playing(batch, workers) as team:
        dealer = _Dealer(team, batch, seeds, on_fault, meanwhile, before or {})
        for seed in seeds:
            episode = dealer.game(seed)
            lost += [episode.row[LOST]] if LOST in episode.row else []
            if len(lost) == len(seeds) > 1:
                raise RunError(f"none of {len(seeds)} games came to its end; the last: {lost[-1]}")
            yield episode


class _Dealer:
    """Gives the games of a batch to a team, and takes what comes of them; see `play_batch`."""

    def __init__(
        self,
        team: Team,
        batch: Batch,
        seeds: Sequence[int],
        on_fault: OnFault | None,
        meanwhile: Meanwhile | None,
        before: Mapping[int, Episode],
    ) -> None:
        self._team, self._batch, self._on_fault = team, batch, on_fault
        self._meanwhile = meanwhile if team.apart else None
        self._done, self._strikes = dict(before), Counter[int]()
        under_way = {game.seed for game in team.under_way() if game.batch is batch}
        self._waiting = deque(seed for seed in seeds if seed not in self._done.keys() | under_way)

    def game(self, seed: int) -> Episode:
        """Return a game as soon as it is played; workers have others while it is looked at."""
        self._deal()
        while seed not in self._done:
            self._take(self._team.results())
            self._deal()
        self._take(self._team.results(wait=False))
        self._deal()
        return self._done.pop(seed)

    def _deal(self) -> None:
        """Give games to those who have none."""
        while self._waiting and self._team.free() > 0:
            self._team.send(Game(self._batch, self._waiting.popleft()))
        while self._meanwhile and self._team.free() > 0 and (other := self._meanwhile.next()):
            self._team.send(other)

    def _take(self, results: Sequence[tuple[Game, Result]]) -> None:
        for game, result in results:
            if game.batch is not self._batch:
                if self._meanwhile:
                    self._meanwhile.take(game, result)
            elif isinstance(result, GameFailed):
                raise RunError(str(result))
            elif isinstance(result, Episode):
                self._done[game.seed] = result
            else:
                self._take_fault(result)

    def _take_fault(self, fault: Fault) -> None:
        seed, batch = fault.seed, self._batch
        self._strikes[seed] += 1
        fault = replace(fault, strike=self._strikes[seed])
        if self._on_fault:
            replay = unfinished_replay(batch.header(seed), fault)
            self._on_fault(replace(fault, replay=replay))
        if fault.final:
            self._done[seed] = stand_in(fault, batch.config.env.macros)
        else:
            self._waiting.appendleft(seed)
