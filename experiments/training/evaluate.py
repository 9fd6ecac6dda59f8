"""Evaluation: unseen games, learning off, every one of them recorded."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from agents import Agent
from experiments.errors import RunError
from experiments.files import Row, make_folder
from experiments.printable import say
from experiments.replays.recorder import Recording
from experiments.runs.commit import remove_partials
from experiments.runs.contents import EVALUATIONS, REPLAYS
from experiments.runs.lock import EVALUATING, waited_for
from experiments.runs.run import Run, is_shipped
from experiments.seeds import BLOCK, evaluation_label, evaluation_seed
from experiments.training import faults
from experiments.training.faults import whole
from experiments.training.parallel import play_games
from experiments.training.progress import Progress
from experiments.training.rollout import Episode
from experiments.training.unseen import Unseen, untrained

LEARNED = "learned"
SEEN = "training_games"  # the learned agent on the games that it was trained on
COST = 0.02  # of the time of an evaluation, spent on writing its rows


def evaluate(
    run: Run,
    games: int,
    workers: int,
    progress: Progress,
    who: str = LEARNED,
    block: int = BLOCK,
    before: Unseen | None = None,
) -> list[Row]:
    """Plays the first so many games, and writes their rows and replays into the run folder.

    Games that were played before, by the agent as it stands now, are not played again.
    Where another process plays them, it is waited for.

    Args:
        run: an open run folder.
        games: how many.
        workers: processes that play.
        progress: told of every game.
        who: `LEARNED` for the run's agent, `SEEN` for it on the games of its training, or the name
            of an untrained one.
        block: of unseen games, see `experiments.seeds`.
        before: some of the games, played while the run was trained.

    Returns:
        One row per game, in the order of seeds; none of those that were set aside.

    Raises:
        RunError: when other games were played under that name.
        UserError: for more games than there are, and for a block that there is not.
    """
    evaluation_seed(games - 1, block)  # there are so many
    asked = _asked(run, who, block)
    rows = asked.kept()
    progress.skip(min(len(rows), games))
    if len(rows) >= games:
        return whole(rows[:games])
    with waited_for(_place(run), EVALUATING, lambda: len(asked.kept()) >= games) as lock:
        if lock:
            remove_partials(run.played_in / EVALUATIONS, run.played_in / REPLAYS / asked.label)
        done, rows = len(rows), asked.kept()
        progress.skip(min(len(rows), games) - done)
        seeds = range(asked.first + len(rows), asked.first + games)
        played = progress.track(_played(asked, seeds, workers, progress, before))
        _keep(replace(run, lock=lock), asked.label, rows, played, asked.trained)
    return whole(rows[:games])


@dataclass(frozen=True)
class _Asked:
    """Whose games these are, under which label, and the seed of the first."""

    run: Run
    agent: Agent
    trained: int  # games that it has learned from
    label: str
    first: int

    def kept(self) -> list[Row]:
        """Return the rows that are there; RunError if they are other games'."""
        rows = [
            row for row in self.run.evaluation(self.label) if row.get("trained") == self.trained
        ]
        _check_games(self.run, self.label, rows, self.first)
        return rows


def _asked(run: Run, who: str, block: int) -> _Asked:
    agent, trained = run.checkpoint()
    if who not in (LEARNED, SEEN):
        agent, trained = untrained(who, run.config), 0
    first = run.first_seed() if who == SEEN else evaluation_seed(0, block)
    return _Asked(run, agent, trained, evaluation_label(who, block), first)


def _played(
    asked: _Asked, seeds: range, workers: int, progress: Progress, before: Unseen | None
) -> Iterator[Episode]:
    """Yield the games of these seeds; those that were played before are not played again."""
    recording = Recording(asked.label, asked.trained, first_seed=asked.first)
    on_fault = faults.kept(asked.run, asked.label, progress)
    left = before.missing(seeds) if before else seeds
    config = asked.run.config
    played = play_games(config, asked.agent, left, False, workers, recording, None, on_fault)
    return before.among(seeds, played) if before else played


def _place(run: Run) -> Path:
    """Return the folder that games are kept in; says so if that is not the run."""
    if run.played_in != run.folder:
        make_folder(run.played_in)
        if not is_shipped(run.folder):
            told = f"{run.folder}: may only be read"
            say(f"{told}; its games are kept in {run.played_in}", err=True)
    return run.played_in


def _keep(run: Run, label: str, rows: list[Row], played: Iterator[Episode], trained: int) -> None:
    """Add games to rows as they come, and write them as often as costs little."""
    due, saved = 0.0, len(rows)
    try:
        for episode in played:
            run.save_replay(label, len(rows), episode.replay)
            rows.append({"game": len(rows), "trained": trained} | episode.row)
            if (began := time.monotonic()) >= due:
                run.save_evaluation(label, rows)
                saved, now = len(rows), time.monotonic()
                due = now + (now - began) / COST
    finally:
        if saved < len(rows):
            run.save_evaluation(label, rows)


def _check_games(run: Run, label: str, rows: Sequence[Row], first: int) -> None:
    for number, row in enumerate(rows):
        if row.get("seed") != first + number:
            told = f"game {number} has the seed {row.get('seed')}, where {first + number} belongs"
            raise RunError(f"{run.played_in / EVALUATIONS / label}.jsonl: {told}")
