"""What `yendor train` does."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from experiments.analysis.tables import difference_table
from experiments.commands.evaluate import play_unseen
from experiments.commands.train_many import Terms, train_group, train_suite
from experiments.errors import RunError, UserError
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.run import Run
from experiments.suites.model import find_target, is_suite
from experiments.training.backends import worker_count
from experiments.training.evaluate import LEARNED
from experiments.training.progress import Progress
from experiments.training.train import train as play_training
from experiments.training.unseen import Unseen

console = Console()


def train(
    target: str,
    overrides: tuple[str, ...],
    out: Path | None,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    seeds: str | None = None,
) -> None:
    """Trains a config, a config with several seeds, or a suite; says what to do next.

    Raises:
        ConfigError: for a config that can't be used.
        RunError: for a folder that can't be used, and for a game that failed.
    """
    if resume and overwrite:
        raise UserError("--resume and --overwrite exclude each other")
    if Path(target).is_dir():
        if seeds is not None:
            raise UserError(f"--seeds is for a config; {target} is a folder")
    else:
        path, terms = find_target(target), Terms(workers, overwrite)
        if is_suite(path):
            return train_suite(path, overrides, seeds, out, terms)
        if seeds is not None:
            return train_group(path, overrides, seeds, out, terms)
    _train_run(target, overrides, out, workers, resume, overwrite)


def _train_run(
    target: str,
    overrides: tuple[str, ...],
    out: Path | None,
    workers: int | None,
    resume: bool,
    overwrite: bool,
) -> None:
    """Trains into a run folder, and evaluates."""
    run = create_or_resume(target, overrides, out, resume, overwrite)
    total = run.config.train.games
    go_on = f"go on with: yendor train {run.folder} --resume"
    baseline = Unseen(run.config, run.config.evaluate.baseline)
    try:
        with Progress("training", total, console) as progress:
            play_training(run, worker_count(workers), progress, meanwhile=baseline)
        _conclude(run, workers, baseline)
    except KeyboardInterrupt:
        _, done = run.checkpoint()
        typer.echo(f"Stopped. {done} of {total} games are kept in {run.folder}; {go_on}", err=True)
        raise typer.Exit(130) from None
    except RunError as error:
        raise RunError(f"{error}\nFinished rounds are kept; {go_on}") from None


def _conclude(run: Run, workers: int | None, before: Unseen) -> None:
    games, baseline = run.config.evaluate.games, run.config.evaluate.baseline
    if games:
        ours = play_unseen(run, games, workers, LEARNED)
        theirs = play_unseen(run, games, workers, baseline, before=before)
        names = (f"learned ({run.config.agent.name})", baseline)
        title = f"{games} unseen games"
        console.print(difference_table(title, ours, theirs, names))
    typer.echo(
        f"The run is in {run.folder}. Next:\n"
        f"  yendor watch {run.folder}\n"
        f"  yendor compare {run.folder} OTHER_RUN --out report.html"
    )
