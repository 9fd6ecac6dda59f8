"""Evaluation: unseen games, learning off, every one of them recorded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from experiments.files import Row, make_folder
from experiments.printable import say
from experiments.runs.commit import remove_partials
from experiments.runs.contents import EVALUATIONS, REPLAYS
from experiments.runs.lock import EVALUATING, waited_for
from experiments.runs.run import Run, is_shipped
from experiments.seeds import BLOCK, check_amount, evaluation_seed
from experiments.training import ahead, faults
from experiments.training.asked import LEARNED, Asked, ask
from experiments.training.faults import whole
from experiments.training.parallel import play_batch
from experiments.training.progress import Progress
from experiments.training.rollout import Episode
from experiments.training.team import Meanwhile
from experiments.training.unseen import Unseen

COST = 0.02  # of the time of an evaluation, spent on writing its rows


def evaluate(
    run: Run,
    games: int,
    workers: int,
    progress: Progress,
    who: str = LEARNED,
    block: int = BLOCK,
    before: Unseen | None = None,
    meanwhile: Meanwhile | None = None,
) -> list[Row]:
    """Plays the first so many games, and writes their rows and replays into the run folder.

    Games that were played before, by the agent as it stands now, are not played again.
    Where another process plays them, it is waited for.

    Args:
        run: an open run folder.
        games: how many.
        workers: processes that play.
        progress: told of every game.
        who: whose games, see `ask`.
        block: of unseen games, see `experiments.seeds`.
        before: the same games, some of which were played ahead, or are under way.
        meanwhile: gives other games to workers while the last ones are waited for.

    Returns:
        One row per game, in the order of seeds; none of those that were set aside.

    Raises:
        RunError: when other games were played under that name.
        UserError: for more games than there are, and for a block that there is not.
    """
    evaluation_seed(games - 1, block)  # there are so many
    check_amount(games, "unseen games")
    asked = ask(run, who, block)
    rows = asked.kept()
    progress.skip(min(len(rows), games))
    if len(rows) >= games:
        return whole(rows[:games])
    with waited_for(_place(run), EVALUATING, lambda: len(asked.kept()) >= games) as lock:
        if lock:
            remove_partials(run.played_in / EVALUATIONS, run.played_in / REPLAYS / asked.label)
        done, rows = len(rows), asked.kept()
        progress.skip(min(len(rows), games) - done)
        same = before is not None and before.asked.mark == asked.mark
        unseen = before if before and same else Unseen(asked, games, len(rows))
        seeds = range(asked.first + len(rows), asked.first + games)
        on_fault = faults.kept(run, asked.label, progress)
        played = play_batch(unseen.batch, seeds, workers, on_fault, meanwhile, unseen.claim())
        _keep(replace(run, lock=lock), asked, rows, progress.track(played))
        ahead.forget(asked, len(rows))
    return whole(rows[:games])


def _place(run: Run) -> Path:
    """Return the folder that games are kept in; says so if that is not the run."""
    if run.played_in != run.folder:
        make_folder(run.played_in)
        if not is_shipped(run.folder):
            told = f"{run.folder}: may only be read"
            say(f"{told}; its games are kept in {run.played_in}", err=True)
    return run.played_in


def _keep(run: Run, asked: Asked, rows: list[Row], played: Iterator[Episode]) -> None:
    """Add games to rows as they come, and write them as often as costs little."""
    due, saved, label = 0.0, len(rows), asked.label
    try:
        for episode in played:
            run.save_replay(label, len(rows), episode.replay)
            rows.append({"game": len(rows), "trained": asked.trained} | episode.row)
            if (began := time.monotonic()) >= due:
                run.save_evaluation(label, rows)
                saved, now = len(rows), time.monotonic()
                due = now + (now - began) / COST
    finally:
        if saved < len(rows):
            run.save_evaluation(label, rows)
