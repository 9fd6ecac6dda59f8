"""Runs by the names that people call them: folders, configs that were trained, runs that ship."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from agents.bounded import is_file, read_bounded
from envs.names import nearest
from experiments.config.names import SUFFIXES, configs
from experiments.config.yaml import MOST_TEXT
from experiments.errors import RunError
from experiments.printable import say
from experiments.runs.run import CHECKPOINT, CONFIG, SHIPPED, holds_run, runs_in, shipped_runs

RUNS = Path("runs")  # where runs lie unless somebody says otherwise
DEPTH = 3  # below it: a run, a seed of a group, a seed of a suite's group
NAME = re.compile(r"^name: (['\"]?)(.+)\1$", re.MULTILINE)


def tell(note: str) -> None:
    """Tell a person something that changes nothing else."""
    say(f"Note: {note}", err=True)


def find_run(target: Path, tell: Callable[[str], None] = tell) -> Path:
    """Return the folder of a run.

    A name stands for the newest run of that name under ``runs/``, or else for one that ships.

    Args:
        target: a run folder, also as seen from ``runs/``; the name of a config that was trained;
            or the name of a run that ships.
        tell: is told if the name could have meant another run.

    Raises:
        RunError: when there is none: names the nearest, or says how to make one.
    """
    if holds_run(target) or runs_in(target):
        return target
    if target.suffix in SUFFIXES and is_file(target):
        raise RunError(f"{target}: is {_what_it_is(target)}")
    if not is_name(target):
        return RUNS / target if holds_run(RUNS / target) else target  # `open_run` tells the rest
    own, shipped = newest_run(target.name), target.name in shipped_runs()
    if own is None and not shipped:
        raise RunError(f"{target}: there is no such run; {_hint(target.name)}")
    if own is None:
        return SHIPPED / target.name
    if shipped:
        tell(f"{target} is {own}; the run that ships is {SHIPPED / target.name}")
    return own


def is_name(target: Path) -> bool:
    """Whether a target is a plain name, and not a path."""
    return target == Path(target.name) and target.name not in ("", "..")


def own_runs() -> list[Path]:
    """Return the folders of all runs under ``runs/``, the newest first; those that somebody removes
    meanwhile are left out.
    """
    return sorted(_runs_below(RUNS, DEPTH), key=_age)


def _runs_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:  # no folder, or gone, or somebody else's
        return
    for inside in (folder / name for name in names if not name.startswith(".")):
        if os.path.exists(inside / CONFIG):
            yield inside
        if depth > 1:
            yield from _runs_below(inside, depth - 1)


def newest_run(name: str) -> Path | None:
    """Return the newest run under ``runs/`` whose folder or config has that name."""
    runs = own_runs()
    here = [run for run in runs if RUNS / name in (run, run.parent)]
    return next(iter(here or [run for run in runs if name_of(run) == name]), None)


def name_of(folder: Path) -> str:
    """Return the name of a run's config, of which nothing else is read; "" if it can't be."""
    try:
        found = NAME.search(read_bounded(folder / CONFIG, 4 * MOST_TEXT).decode("utf-8"))
    except (OSError, ValueError):
        return ""
    return found[2] if found else ""


def _age(folder: Path) -> float:
    """Sorts by when a run was written last, the newest first; by nothing if it is gone."""
    times = [0.0]
    for path in (folder / CHECKPOINT, folder / CONFIG):
        with suppress(OSError):  # a checkpoint is put in another's place after every round
            times.append(path.stat().st_mtime)
    return -max(times)


def _what_it_is(file: Path) -> str:
    if holds_run(file.parent):
        return f"a file of the run {file.parent}; name that folder"
    return f"a config or a suite, and no run; train it with: yendor train {file}"


def _hint(name: str) -> str:
    if name in configs():
        return f"{name} is a config: train it with: yendor train {name}"
    known = [*shipped_runs(), *(run.name for run in own_runs()), *map(name_of, own_runs())]
    return nearest(name, sorted({name for name in known if name}))
