"""Training of several runs, one after the other: those of a group, or of a whole suite."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from experiments.commands.play import play_unseen, train_run
from experiments.config.models import load
from experiments.console import PlainConsole
from experiments.errors import UserError, told
from experiments.printable import say
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.names import folder_name
from experiments.runs.run import holds_run
from experiments.seeds import BLOCK
from experiments.suites.folders import Group, save_group, save_suite
from experiments.suites.model import LoadedSuite, load_suite
from experiments.suites.points import parse_seeds
from experiments.suites.variants import Variant, check_overrides, variants
from experiments.training.evaluate import LEARNED

console = PlainConsole()


@dataclass(frozen=True)
class Job:
    """A run to train and to evaluate.

    Attributes:
        name: says whose games are played.
        folder: of the run.
        path: of its config.
        overrides: on top of that.
        games, block: of the evaluation; None for as many games as the config says.
    """

    name: str
    folder: Path
    path: Path
    overrides: tuple[str, ...]
    games: int | None = None
    block: int = BLOCK


@dataclass(frozen=True)
class Terms:
    """How all of them are trained: in how many processes, whether finished ones anew, and whether
    TensorBoard is to show them.
    """

    workers: int | None
    overwrite: bool
    tensorboard: bool = False


def train_group(
    path: Path, overrides: tuple[str, ...], seeds: str, out: Path | None, terms: Terms
) -> None:
    """Trains a config with several seeds, as far as that is missing.

    Raises:
        ConfigError: for a config that can't be used.
        RunError: for a folder that can't be used; tells of each run that failed.
    """
    check_overrides(overrides)
    config = load(path, overrides)
    chosen = tuple(parse_seeds(seeds))
    folder = out or Path("runs") / folder_name(config.name)
    group = save_group(Group(config.name, folder, chosen))
    variant = Variant(config.name, path, overrides, chosen)
    _train_all(_jobs(variant, group), terms)
    _conclude(folder, f"{config.name}, {len(chosen)} seeds", f"{shlex.quote(str(folder))} random")


def train_suite(
    path: Path, overrides: tuple[str, ...], seeds: str | None, out: Path | None, terms: Terms
) -> None:
    """Trains all runs of a suite, as far as they are missing.

    Raises:
        ConfigError: for a suite that can't be used.
        RunError: for a folder that can't be used; tells of each run that failed.
    """
    if seeds is not None:
        overrides = (*overrides, f"seeds={parse_seeds(seeds)}")
    loaded = load_suite(path, overrides)
    folder = out or Path("runs") / folder_name(loaded.suite.name, "the suite's name")
    jobs = _suite_jobs(loaded, folder)
    _train_all(jobs, terms)
    _conclude(folder, f"{loaded.suite.name}, {len(jobs)} runs", shlex.quote(str(folder)))


def _suite_jobs(loaded: LoadedSuite, folder: Path) -> list[Job]:
    found, suite = variants(loaded), loaded.suite
    save_suite(folder, suite.name, [variant.name for variant in found], suite.evaluate)
    jobs: list[Job] = []
    for variant in found:
        group = save_group(Group(variant.name, folder / variant.name, variant.seeds))
        jobs += _jobs(variant, group, suite.evaluate.games, suite.evaluate.block)
    return jobs


def _jobs(
    variant: Variant, group: Group, games: int | None = None, block: int = BLOCK
) -> list[Job]:
    return [
        Job(
            f"{variant.name} seed {seed}", group.runs[seed], variant.path,
            (*variant.overrides, f"seed={seed}"), games, block,
        )
        for seed in variant.seeds
    ]  # fmt: skip


def _train_all(jobs: Sequence[Job], terms: Terms) -> None:
    """Trains one after the other; what can't be trained is told at the end."""
    failed: list[str] = []
    for number, job in enumerate(jobs, start=1):
        try:
            _train_one(job, f"{number}/{len(jobs)} {job.name}", terms)
        except UserError as error:
            failed.append(f"{job.name}: {error}")
        except OSError as error:
            failed.append(f"{job.name}: {told(error)}")
        except KeyboardInterrupt:
            done = f"Stopped in {job.name}, {number} of {len(jobs)} runs"
            say(f"{done}; the same command goes on with it", err=True)
            raise typer.Exit(130) from None
    if failed:
        raise UserError(f"{len(failed)} of {len(jobs)} runs failed:\n" + "\n".join(failed))


def _train_one(job: Job, name: str, terms: Terms) -> None:
    resume = holds_run(job.folder) and not terms.overwrite
    given = (str(job.path), job.overrides, job.folder, resume, terms.overwrite)
    with create_or_resume(*given) as run:
        train_run(run, terms.workers, console, name, False, terms.tensorboard)
        games = run.config.evaluate.games if job.games is None else job.games
        if games:
            play_unseen(run, games, terms.workers, LEARNED, job.block, f"{name}, unseen games")


def _conclude(folder: Path, what: str, compared: str) -> None:
    say(f"{what}: in {folder}. Next:\n  yendor compare {compared} --out report.html")
