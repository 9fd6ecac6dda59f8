"""What the verbs of `yendor` do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import joblib
import typer
from rich.console import Console

import agents
from experiments.compare.contestants import (
    Contestant,
    differing_env_keys,
    names_of,
    pairs_table,
    summary_table,
)
from experiments.errors import RunError, UserError, nearest
from experiments.evaluate import LEARNED, SEEN
from experiments.evaluate import evaluate as play_evaluation
from experiments.files import Row, write_text
from experiments.prepare import prepare
from experiments.progress import Progress
from experiments.runs import Run, open_run
from experiments.tables import difference_table, evaluation_table, metrics_of
from experiments.train import train as play_training

console = Console()


def train(
    target: str,
    overrides: tuple[str, ...],
    out: Path | None,
    workers: int | None,
    resume: bool,
    overwrite: bool,
) -> None:
    """Trains into a run folder, evaluates, and says what to do next.

    Raises:
        ConfigError: for a config that can't be used.
        RunError: for a folder that can't be used, and for a game that failed.
    """
    run = prepare(target, overrides, out, resume, overwrite)
    total = run.config.train.games
    go_on = f"go on with: yendor train {run.folder} --resume"
    try:
        with Progress("training", total, console) as progress:
            play_training(run, workers or joblib.cpu_count(), progress)
        _conclude(run, workers)
    except KeyboardInterrupt:
        _, done = run.checkpoint()
        typer.echo(f"Stopped. {done} of {total} games are kept in {run.folder}; {go_on}", err=True)
        raise typer.Exit(130) from None
    except RunError as error:
        raise RunError(f"{error}\nFinished rounds are kept; {go_on}") from None


def _conclude(run: Run, workers: int | None) -> None:
    games, against = run.config.evaluate.games, run.config.evaluate.against
    if games:
        ours = _evaluation(run, games, workers, LEARNED)
        theirs = _evaluation(run, games, workers, against)
        names = (f"learned ({run.config.agent.name})", against)
        title = f"{games} unseen games"
        console.print(difference_table(title, ours, theirs, names))
    typer.echo(
        f"The run is in {run.folder}. Next:\n"
        f"  yendor watch {run.folder}\n"
        f"  yendor compare {run.folder} OTHER_RUN --out report.html"
    )


def _evaluation(run: Run, games: int, workers: int | None, label: str) -> list[Row]:
    with Progress(label, games, console) as progress:
        return play_evaluation(run, games, workers or joblib.cpu_count(), progress, label)


def evaluate(
    folder: Path, games: int | None, workers: int | None, agent: str | None, generalisation: bool
) -> None:
    """Plays unseen games and shows a table.

    Args:
        folder: the run's.
        games: how many; None for as many as the config says.
        workers: processes that play; None for one on each processor.
        agent: an untrained agent in the learned one's place, by name.
        generalisation: whether to play training games again, learning off, and compare.

    Raises:
        RunError: for a run that can't be read.
        UserError: for an agent that there is not, and for a run without training games.
    """
    if agent is not None and agent not in agents.REGISTRY:
        raise UserError(f"--agent: unknown agent {agent!r}; {nearest(agent, agents.REGISTRY)}")
    if agent is not None and generalisation:
        raise UserError("--generalisation asks about the learned agent; leave out --agent")
    run = open_run(folder)
    label = agent or LEARNED
    games = games or run.config.evaluate.games or 50
    if generalisation:
        _, trained = run.checkpoint()
        if not trained:
            raise UserError(f"--generalisation: {folder} has learned from no games")
        games = min(games, trained)
    rows = _evaluation(run, games, workers, label)
    if not generalisation:
        console.print(evaluation_table(f"{label}: {len(rows)} unseen games", rows))
        return
    seen = _evaluation(run, games, workers, SEEN)
    title = f"{run.config.agent.name}: {games} training games against {games} unseen ones"
    names = ("training games", "unseen games")
    console.print(difference_table(title, seen, rows, names, paired=False))


def compare(
    folders: Sequence[Path], games: int | None, workers: int | None, out: Path | None
) -> None:
    """Plays the unseen games that are missing, shows tables, and writes a report if asked.

    Raises:
        RunError: for a run that can't be read.
    """
    if out and (out.is_dir() or not out.absolute().parent.is_dir()):
        raise UserError(f"--out {out}: must be a file in a folder that exists")
    runs = [open_run(folder) for folder in folders]
    games = games or runs[0].config.evaluate.games or 50
    contestants = [
        Contestant(name, run, _learned_from(run), _evaluation(run, games, workers, LEARNED))
        for name, run in zip(names_of(runs), runs, strict=True)
    ]
    differing = ", ".join(f"env.{key}" for key in differing_env_keys(runs))
    note = f"Not the same game for all: the runs differ in {differing}." if differing else ""
    if note:
        typer.echo(note)
    metrics = metrics_of(*(contestant.evaluation for contestant in contestants))
    console.print(summary_table(contestants, metrics))
    if len(contestants) > 1:
        console.print(pairs_table(contestants, metrics))
    if out:
        from experiments.compare.report import report

        write_text(out, report(contestants, note))
        typer.echo(f"The report is {out}")


def _learned_from(run: Run) -> list[Row]:
    _, games = run.checkpoint()
    return run.episodes(games)
