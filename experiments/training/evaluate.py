"""Evaluation: unseen games, learning off, every one of them recorded."""

from __future__ import annotations

from agents import Agent
from experiments.config.models import Config, find, load, make_agent
from experiments.files import Row
from experiments.replays.recorder import Recording
from experiments.runs.run import Run
from experiments.training.parallel import play_games
from experiments.training.progress import Progress

FIRST_SEED = 1_000_000
LEARNED = "learned"
SEEN = "training_games"  # the learned agent on the games that it was trained on


def evaluate(
    run: Run, games: int, workers: int, progress: Progress, label: str = LEARNED
) -> list[Row]:
    """Plays the first so many games, and writes their rows and replays into the run folder.

    Games that were played before, by the agent as it stands now, are not played again.

    Args:
        run: an open run folder.
        games: how many, seeds counting up from `FIRST_SEED`, or from 0 for `SEEN`.
        workers: processes that play.
        progress: told of every game.
        label: `LEARNED` or `SEEN` for the run's agent, or the name of an untrained one.

    Returns:
        One row per game, in the order of seeds.
    """
    agent, trained = run.checkpoint()
    if label not in (LEARNED, SEEN):
        agent, trained = untrained(label, run.config), 0
    rows = [row for row in run.evaluation(label) if row.get("trained") == trained]
    progress.skip(min(len(rows), games))
    first = 0 if label == SEEN else FIRST_SEED
    seeds = range(first + len(rows), first + games)
    recording = Recording(label, trained, first_seed=first)
    try:
        for episode in progress.track(
            play_games(run.config, agent, seeds, False, workers, recording)
        ):
            run.save_replay(label, len(rows), episode.replay)
            rows.append({"game": len(rows), "trained": trained} | episode.row)
    finally:
        run.save_evaluation(label, rows)
    return rows[:games]


def untrained(name: str, config: Config) -> Agent:
    """Returns an agent with the settings of its packaged config, for the environment of a run."""
    return make_agent(config.model_copy(update={"agent": load(find(name)).agent}))
