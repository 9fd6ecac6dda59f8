"""What `yendor evaluate` does."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

import agents
from envs.names import nearest
from experiments.analysis.tables import difference_table, evaluation_table
from experiments.errors import UserError
from experiments.files import Row
from experiments.runs.run import Run, open_run
from experiments.seeds import BLOCK, evaluation_label
from experiments.training.backends import worker_count
from experiments.training.evaluate import LEARNED, SEEN
from experiments.training.evaluate import evaluate as play_evaluation
from experiments.training.progress import Progress
from experiments.training.unseen import Unseen

console = Console()


def evaluate(
    folder: Path,
    games: int | None,
    workers: int | None,
    agent: str | None,
    generalisation: bool,
    block: int = BLOCK,
) -> None:
    """Plays unseen games and shows a table.

    Args:
        folder: the run's.
        games: how many; None for as many as the config says.
        workers: processes that play; None for one on each processor.
        agent: an untrained agent in the learned one's place, by name.
        generalisation: whether to play training games again, learning off, and compare.
        block: of unseen games.

    Raises:
        RunError: for a run that can't be read.
        UserError: for an agent that there is not, and for a run without training games.
    """
    if agent is not None and agent not in agents.REGISTRY:
        raise UserError(f"--agent: unknown agent {agent!r}; {nearest(agent, agents.REGISTRY)}")
    if agent is not None and generalisation:
        raise UserError("--generalisation asks about the learned agent; leave out --agent")
    run = open_run(folder)
    who = agent or LEARNED
    games = games or run.config.evaluate.games or 50
    if generalisation:
        _, trained = run.checkpoint()
        if not trained:
            raise UserError(f"--generalisation: {folder} has learned from no games")
        games = min(games, trained)
    rows = play_unseen(run, games, workers, who, block)
    if not generalisation:
        title = f"{evaluation_label(who, block)}: {len(rows)} unseen games"
        console.print(evaluation_table(title, rows))
        return
    seen = play_unseen(run, games, workers, SEEN)
    title = f"{run.config.agent.name}: {games} training games against {games} unseen ones"
    names = ("training games", "unseen games")
    console.print(difference_table(title, seen, rows, names))


def play_unseen(
    run: Run,
    games: int,
    workers: int | None,
    who: str = LEARNED,
    block: int = BLOCK,
    name: str = "",
    before: Unseen | None = None,
) -> list[Row]:
    """Plays games of evaluation that are missing, under a progress bar; see `play_evaluation`.

    Args:
        name: says whose games they are; omitted: the evaluation's label.
        before: some of the games, played while the run was trained.
    """
    with Progress(name or evaluation_label(who, block), games, console) as progress:
        return play_evaluation(run, games, worker_count(workers), progress, who, block, before)
