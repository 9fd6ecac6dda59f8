"""What `yendor train` does."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from experiments.analysis.tables import difference_table
from experiments.commands.play import go_on, play_unseen, train_run
from experiments.commands.train_many import Terms, train_group, train_suite
from experiments.errors import UserError
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.run import Run
from experiments.suites.model import find_target, is_suite
from experiments.training.evaluate import LEARNED

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
    try:
        train_run(run, workers, console)
        _conclude(run, workers)
    except KeyboardInterrupt:
        kept = f"{run.checkpoint()[1]} of {run.config.train.games} games are kept in {run.folder}"
        typer.echo(f"Stopped. {kept}; {go_on(run)}", err=True)
        raise typer.Exit(130) from None


def _conclude(run: Run, workers: int | None) -> None:
    games, baseline = run.config.evaluate.games, run.config.evaluate.baseline
    if games:
        ours = play_unseen(run, games, workers, LEARNED)
        theirs = play_unseen(run, games, workers, baseline)
        names = (f"learned ({run.config.agent.name})", baseline)
        title = f"{games} unseen games"
        console.print(difference_table(title, ours, theirs, names))
    typer.echo(
        f"The run is in {run.folder}. Next:\n"
        f"  yendor watch {run.folder}\n"
        f"  yendor compare {run.folder} OTHER_RUN --out report.html"
    )
