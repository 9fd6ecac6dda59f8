"""Whole games in parallel processes, with the results of a single one.

A game depends on the agent, the run's seed, the game's seed and how often that was played before
alone, so it does not matter which process plays it, or after which other game.
"""

from __future__ import annotations

import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import joblib
from joblib.externals.loky.process_executor import TerminatedWorkerError

from agents import Agent
from agents.lessons import Lesson
from envs.macro_env import MacroEnv
from experiments.config.models import Config
from experiments.errors import RunError
from experiments.replays.recorder import Recorder, Recording
from experiments.seeds import agents_dice
from experiments.training.rollout import Episode, environment, play_game

Teach = Callable[[MacroEnv, Agent, Episode], tuple[Lesson | None, ...]]
ATTEMPTS = 2  # NLE aborts once in some ten thousand games; the same game then plays as it should


def play_games(
    config: Config,
    agent: Agent,
    seeds: Sequence[int],
    learn: bool,
    workers: int,
    recording: Recording | None = None,
    teach: Teach | None = None,
    skip: int = 0,
) -> Iterator[Episode]:
    """Plays one game per seed, each from the agent as it stands now; yields them in order.

    Args:
        config: the environment and the run's seed.
        agent: stays as it is.
        seeds: the games'; one that comes again is played with other dice of the agent's.
        learn: whether an agent that learns online does so within a game, on its copy.
        workers: how many processes; 1 plays in this one. Each keeps its environment for the next
            game.
        recording: which of them are recorded; None: none.
        skip: how many of the games, from the first, are left out: they were played before.
        teach: gives a game's lessons, in the process that played it, with its environment.

    Raises:
        RunError: names the seed of a game that failed, or those among which a process died twice.
    """
    played, games = skip, _numbered(seeds)
    for attempt in range(ATTEMPTS):
        try:
            for episode in _in_parallel(
                config, agent, games[played:], learn, workers, recording, teach
            ):
                played += 1
                yield episode
            return
        except TerminatedWorkerError:
            if attempt == ATTEMPTS - 1:
                raise RunError(
                    f"a process died twice while it played one of the games with seeds"
                    f" {seeds[played]} to {seeds[-1]} (out of memory, or a fault in the game)"
                ) from None


def _in_parallel(
    config: Config,
    agent: Agent,
    games: Sequence[tuple[int, int]],
    learn: bool,
    workers: int,
    recording: Recording | None,
    teach: Teach | None,
) -> Iterator[Episode]:
    rest = (learn, recording, teach)
    calls = (joblib.delayed(_play)(config, agent, *game, *rest) for game in games)
    with joblib.parallel_config("loky", inner_max_num_threads=1, initializer=_ignore_interrupts):
        parallel = joblib.Parallel(workers, return_as="generator", batch_size=1)
    yield from parallel(calls)


def _play(
    config: Config,
    agent: Agent,
    seed: int,
    play: int,
    learn: bool,
    recording: Recording | None,
    teach: Teach | None,
) -> Episode:
    rng = agents_dice(config.seed, seed, play)
    recorder = None
    if recording and recording.wants(seed, play):
        recorder = Recorder(recording.header(config, agent, seed, play), config.env.situation)
    try:
        env = environment(config.env)
        episode = play_game(env, agent, seed, rng, learn, recorder)
        return replace(episode, lessons=teach(env, agent, episode)) if teach else episode
    except Exception as error:
        # The traceback goes along as text: the exception itself may not survive the way here.
        message = f"the game with seed {seed} failed: {error!r}\n{traceback.format_exc()}"
        raise RunError(message) from None


def _numbered(seeds: Sequence[int]) -> list[tuple[int, int]]:
    """Return each seed with how often it came before."""
    before: Counter[int] = Counter()
    games = []
    for seed in seeds:
        games.append((seed, before[seed]))
        before[seed] += 1
    return games


def _ignore_interrupts() -> None:
    """Ctrl-C is for the process that people talk to; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
