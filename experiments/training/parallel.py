"""Whole games, several at a time, with the results of one after the other.

A game depends on the agent, the run's seed and the game's seed alone, so it does not matter which
process plays it, or after which other game.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agents import Agent
from experiments.config.models import Config
from experiments.errors import RunError
from experiments.replays.recorder import Recording
from experiments.training.backends import backend
from experiments.training.batch import Batch, GameFailed, Teach
from experiments.training.faults import LOST, Fault, OnFault, stand_in, unfinished_replay
from experiments.training.rollout import Episode
from experiments.training.team import Game, Meanwhile, Team


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

    A game whose process dies or overruns a limit is played again; after `STRIKES` of that, a row
    that says so stands in its place.

    Args:
        config: the environment, the run's seed, and the limits.
        agent: stays as it is.
        seeds: the games'.
        learn: whether an agent that learns online does so within a game, on its copy.
        workers: how many games at a time, see `experiments.training.backends`. Each worker keeps
            its environment for the next game.
        recording: which of them are recorded; None: none.
        teach: gives a game's lessons, in the process that played it, with its environment.
        on_fault: told of every game that came to no end.
        meanwhile: gives other games to workers that would wait for the last ones of these.

    Raises:
        RunError: for an exception in a game, and if not one of several games came to its end.
    """
    batch = Batch(config, agent, learn, recording, teach)
    lost: list[str] = []
    with backend(workers).playing(batch, workers) as team:
        for episode in _in_order(team, batch, seeds, on_fault or (lambda _: None), meanwhile):
            lost += [episode.row[LOST]] if LOST in episode.row else []
            if len(lost) == len(seeds) > 1:
                raise RunError(f"none of {len(seeds)} games came to its end; the last: {lost[-1]}")
            yield episode


def _in_order(
    team: Team,
    batch: Batch,
    seeds: Sequence[int],
    on_fault: OnFault,
    meanwhile: Meanwhile | None,
) -> Iterator[Episode]:
    waiting, done, strikes = deque(seeds), dict[int, Episode](), Counter[int]()
    for seed in seeds:
        while seed not in done:
            while waiting and team.free() > 0:
                team.send(Game(batch, waiting.popleft()))
            while meanwhile and team.free() > 0 and (other := meanwhile.next()):
                team.send(other)
            for game, result in team.results():
                if game.batch is not batch:
                    if meanwhile:
                        meanwhile.take(game, result)
                    continue
                if isinstance(result, GameFailed):
                    raise RunError(str(result))
                if isinstance(result, Episode):
                    done[result.row["seed"]] = result
                    continue
                strikes[result.seed] += 1
                fault = replace(result, strike=strikes[result.seed])
                on_fault(_with_replay(fault, batch))
                if fault.final:
                    done[fault.seed] = stand_in(fault, batch.config.env.macros)
                else:
                    waiting.appendleft(fault.seed)
        yield done.pop(seed)


def _with_replay(fault: Fault, batch: Batch) -> Fault:
    return replace(fault, replay=unfinished_replay(batch.header(fault.seed), fault))
