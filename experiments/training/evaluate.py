"""Evaluation: unseen games, learning off, every one of them recorded."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.errors import RunError
from experiments.files import Row
from experiments.replays.recorder import Recording
from experiments.runs.run import EVALUATIONS, Run
from experiments.seeds import BLOCK, evaluation_label, evaluation_seed
from experiments.training.faults import kept, whole
from experiments.training.parallel import play_games
from experiments.training.progress import Progress
from experiments.training.unseen import Unseen, untrained

LEARNED = "learned"
SEEN = "training_games"  # the learned agent on the games that it was trained on


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
    agent, trained = run.checkpoint()
    if who not in (LEARNED, SEEN):
        agent, trained = untrained(who, run.config), 0
    label = evaluation_label(who, block)
    rows = [row for row in run.evaluation(label) if row.get("trained") == trained]
    first = run.first_seed() if who == SEEN else evaluation_seed(0, block)
    _check_games(run, label, rows, first)
    progress.skip(min(len(rows), games))
    evaluation_seed(games - 1, block)  # there are so many
    seeds = range(first + len(rows), first + games)
    recording = Recording(label, trained, first_seed=first)
    on_fault = kept(run, label, progress)
    left = before.missing(seeds) if before else seeds
    played = play_games(run.config, agent, left, False, workers, recording, None, on_fault)
    if before:
        played = before.among(seeds, played)
    try:
        for episode in progress.track(played):
            run.save_replay(label, len(rows), episode.replay)
            rows.append({"game": len(rows), "trained": trained} | episode.row)
    finally:
        run.save_evaluation(label, rows)
    return whole(rows[:games])


def _check_games(run: Run, label: str, rows: Sequence[Row], first: int) -> None:
    for number, row in enumerate(rows):
        if row.get("seed") != first + number:
            told = f"game {number} has the seed {row.get('seed')}, where {first + number} belongs"
            raise RunError(f"{run.played_in / EVALUATIONS / label}.jsonl: {told}")
