"""What `yendor train` does."""

from __future__ import annotations

from pathlib import Path

import typer

from experiments.analysis.tables import difference_table
from experiments.commands.jobs import Terms
from experiments.commands.play import go_on, play_unseen, train_run
from experiments.commands.train_many import train_group, train_suite
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.printable import say
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.named import find_run
from experiments.runs.run import Run
from experiments.suites.folders import means_folder
from experiments.suites.model import find_target, is_suite
from experiments.suites.variants import as_overrides
from experiments.training import unlearned
from experiments.training.asked import LEARNED, ask
from experiments.training.tensorboard import library
from experiments.training.unseen import Unseen

console = PlainConsole()


def train(
    target: str,
    overrides: tuple[str, ...],
    out: Path | None,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    seeds: str | None = None,
    tensorboard: bool = False,
    start: Path | None = None,
) -> None:
    """Trains a config, a config with several seeds, or a suite; says what to do next.

    Raises:
        ConfigError: for a config that can't be used.
        RunError: for a folder that can't be used, and for a game that failed.
    """
    if resume and overwrite:
        raise UserError("--resume and --overwrite exclude each other")
    if tensorboard:
        library()  # before a folder is made
    if start is not None:
        overrides = (*overrides, *started_from(find_run(start)))
    if means_folder(target):
        if seeds is not None:
            raise UserError(f"--seeds is for a config; {target} is a folder")
    else:
        path, terms = find_target(target), Terms(workers, overwrite, tensorboard)
        if is_suite(path):
            return train_suite(path, overrides, seeds, out, terms)
        if seeds is not None:
            return train_group(path, overrides, seeds, out, terms)
    with create_or_resume(target, overrides, out, resume, overwrite) as run:
        _train_run(run, workers, tensorboard)


def started_from(run: Path) -> tuple[str, ...]:
    """Return the overrides of a config that starts from a run."""
    return as_overrides({"start": {"run": str(run)}})


def _train_run(run: Run, workers: int | None, tensorboard: bool) -> None:
    """Trains a run, and evaluates."""
    asked = ask(run, run.config.evaluate.baseline)
    baseline = Unseen(asked, run.config.evaluate.games, len(asked.kept()))
    try:
        train_run(run, workers, console, tensorboard=tensorboard, meanwhile=baseline)
        _conclude(run, workers, baseline)
    except KeyboardInterrupt:
        done, total = run.checkpoint()[1] + unlearned.count(run), run.config.train.games
        kept = f"{done} of {total} games are kept in {run.folder}"
        say(f"Stopped. {kept}; {go_on(run)}", err=True)
        raise typer.Exit(130) from None


def _conclude(run: Run, workers: int | None, before: Unseen) -> None:
    games, baseline = run.config.evaluate.games, run.config.evaluate.baseline
    if games:
        ours = play_unseen(run, games, workers, LEARNED, meanwhile=before)
        theirs = play_unseen(run, games, workers, baseline, before=before)
        names = (f"learned ({run.config.agent.name})", baseline)
        title = f"{run.config.title}: {games} unseen games"
        console.print(difference_table(title, ours, theirs, names))
    say(
        f"The run is in {run.folder}. Next:\n"
        f"  yendor watch {run.folder}\n"
        f"  yendor compare {run.folder} OTHER_RUN --out report.html"
    )
