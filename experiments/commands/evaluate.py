"""What `yendor evaluate` does."""

from __future__ import annotations

from pathlib import Path

from experiments.analysis.tables import difference_table, evaluation_table
from experiments.commands.play import check_agent, games_of, play_unseen
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.runs.named import find_run
from experiments.runs.run import open_run
from experiments.seeds import BLOCK, evaluation_label
from experiments.training.asked import LEARNED, SEEN

console = PlainConsole()


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
    check_agent(agent, "--agent")
    if agent is not None and generalisation:
        raise UserError("--generalisation asks about the learned agent; leave out --agent")
    run = open_run(find_run(folder))
    who = agent or LEARNED
    games = games_of(run, games)
    if generalisation:
        _, trained = run.checkpoint()
        if not trained:
            raise UserError(f"--generalisation: {folder} has learned from no games")
        games = min(games, trained)
    rows = play_unseen(run, games, workers, who, block)
    if not generalisation:
        who = f"{run.config.title}, {evaluation_label(who, block)}"
        title = f"{who}: {len(rows)} unseen games"
        console.print(evaluation_table(title, rows))
        return
    seen = play_unseen(run, games, workers, SEEN)
    title = f"{run.config.agent.name}: {games} training games against {games} unseen ones"
    names = ("training games", "unseen games")
    console.print(difference_table(title, seen, rows, names))
