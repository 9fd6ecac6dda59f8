"""Training of several runs, one after the other: those of a group, or of a whole suite."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import typer

from experiments.commands.jobs import Job, Step, Terms
from experiments.config.models import load
from experiments.errors import UserError, told
from experiments.printable import say
from experiments.runs.names import folder_name
from experiments.seeds import BLOCK
from experiments.suites.folders import Group, save_group, save_suite
from experiments.suites.model import LoadedSuite, load_suite
from experiments.suites.points import parse_seeds
from experiments.suites.variants import Variant, check_overrides, variants
from experiments.training.unseen import Queue


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
    """Trains one after the other, and evaluates each when the next one is trained; what can't be
    done is told at the end.
    """
    failed, queue = list[str](), Queue()
    steps = [
        Step(job, (number, len(jobs)), terms, queue) for number, job in enumerate(jobs, start=1)
    ]
    for step, previous in zip_longest(steps, [None, *steps]):
        if step:
            _do(step, step.train, failed)
        if previous:
            _do(previous, previous.evaluate, failed)
    if failed:
        raise UserError(f"{len(failed)} of {len(jobs)} runs failed:\n" + "\n".join(failed))


def _do(step: Step, act: Callable[[], None], failed: list[str]) -> None:
    """Do something for a job; what goes wrong is added to what failed."""
    try:
        act()
    except UserError as error:
        failed.append(f"{step.job.name}: {error}")
    except OSError as error:
        failed.append(f"{step.job.name}: {told(error)}")
    except KeyboardInterrupt:
        done = "Stopped in {}, {} of {} runs".format(step.job.name, *step.place)
        say(f"{done}; the same command goes on with it", err=True)
        raise typer.Exit(130) from None


def _conclude(folder: Path, what: str, compared: str) -> None:
    say(f"{what}: in {folder}. Next:\n  yendor compare {compared} --out report.html")
