"""Training: rounds of whole games, and a learner that takes their transitions in game order.

Every game of a round starts from the agent as it stood at the round's start, and its randomness
comes from the run's seed and the game's own alone. So one process or many, fresh or resumed, the
same config gives the same rows, the same replays and the same checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from agents import Agent, Diverged, Metrics
from agents.base import Explorer
from agents.lessons import Student
from experiments.config.models import Config
from experiments.errors import UserError
from experiments.files import Row
from experiments.replays.recorder import Recording
from experiments.rows import interned
from experiments.runs.run import TRAINING, Run
from experiments.seeds import LAST_RUN_SEED
from experiments.training import unlearned
from experiments.training.faults import kept
from experiments.training.metrics import metrics_row
from experiments.training.parallel import play_games
from experiments.training.progress import Progress
from experiments.training.rollout import Episode
from experiments.training.teacher import Teacher
from experiments.training.team import Meanwhile

# Sets the learner's random numbers apart from those of the games: a number that no run's seed can
# be, as numpy.random.SeedSequence takes a game's seed in halves, and the upper is its run's seed.
LEARNER = LAST_RUN_SEED + 1


def train(
    run: Run,
    workers: int,
    progress: Progress,
    after_round: Callable[[Sequence[Row]], None] | None = None,
    meanwhile: Meanwhile | None = None,
) -> None:
    """Plays and learns until the run has all its games; goes on from the last finished game.

    Args:
        run: an open run folder, written after every round.
        workers: processes that play.
        progress: told of every game.
        after_round: given the rows so far when a round is kept; what it raises ends training.
        meanwhile: gives other games to workers while a round waits for its last ones, and while the
            agent learns.

    Raises:
        RunError: when the folder is damaged, or a game failed; finished rounds are kept.
        UserError: when learning diverged; the checkpoint of the round before is kept.
    """
    config = run.config
    agent, done = run.checkpoint()
    if isinstance(agent, Explorer):
        agent.exploring = True
    rows, metrics = run.episodes(done), run.metrics(done)
    progress.skip(done)
    size = config.train.games_per_round
    for start in range(done, config.train.games, size):
        games = range(start, min(start + size, config.train.games))
        agent.rng = np.random.default_rng([config.seed, start, LEARNER])
        try:
            episodes = _play(run, agent, games, workers, progress, meanwhile)
            with threadpool_limits(1):  # the same bits however many processors there are
                learned = _learn(agent, episodes)
        except Diverged as error:
            raise UserError(
                f"{run.folder}: after game {games.stop - 1}: {error}.\nThe last good checkpoint, of"
                f" {start} games, is kept; train anew with other settings and another --out"
            ) from None
        for game, episode in zip(games, episodes, strict=True):
            rows.append(interned({"game": game} | episode.row))
            run.save_replay(TRAINING, game, episode.replay)
        metrics.append(metrics_row(start // size, rows, learned, config.env.macros))
        run.save(agent, rows, metrics)
        unlearned.forget(run)
        if after_round:
            after_round(rows)


def _play(
    run: Run,
    agent: Agent,
    games: range,
    workers: int,
    progress: Progress,
    meanwhile: Meanwhile | None,
) -> list[Episode]:
    """Plays the games of a round that are not kept from before, and keeps them."""
    config, first = run.config, run.first_seed()
    seeds = range(first + games.start, first + games.stop)
    recording = Recording(TRAINING, games.start, config.train.replay_every, first)
    number = games.start // config.train.games_per_round
    teach = Teacher(config, seeds.start) if _taught(config, number) else None
    before = unlearned.kept(run, seeds, games.start)
    progress.skip(len(before))
    on_fault = kept(run, TRAINING, progress)
    left = seeds[len(before) :]
    played = play_games(config, agent, left, True, workers, recording, teach, on_fault, meanwhile)
    return [*before, *unlearned.keep(run, progress.track(played), games.start)]


def _taught(config: Config, number: int) -> bool:
    """Whether the round of that number is looked into."""
    futures = config.train.futures
    return futures is not None and (futures.rounds is None or number < futures.rounds)


def _learn(agent: Agent, episodes: Sequence[Episode]) -> Metrics:
    """Learns from the decisions of a round, and then from its lessons if there are any."""
    steps = [step for episode in episodes for step in episode.transitions]
    learned = agent.learn(steps) if steps else {}  # of a single game that was set aside
    lessons = [lesson for episode in episodes for lesson in episode.lessons]
    if not lessons:
        return learned
    assert isinstance(agent, Student)
    whole = [lesson for lesson in lessons if lesson is not None]
    counts = {"lessons": len(whole), "lessons_lost": len(lessons) - len(whole)}
    return learned | counts | agent.study(whole)
