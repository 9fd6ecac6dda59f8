"""Folders of several runs: a group has one config's seeds, a suite's folder has groups.

Each says in a small file what belongs to it, so that it is read as one thing while some of it is
still missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationError

from agents.bounded import is_folder
from agents.checks import shown
from experiments.config.errors import explain
from experiments.config.sections import Section
from experiments.config.writing import to_yaml
from experiments.config.yaml import parse_yaml
from experiments.errors import ConfigError, RunError
from experiments.files import make_folder, write_text
from experiments.runs.lock import alone_in
from experiments.runs.run import holds_run
from experiments.suites.model import Seeds, SuiteEvaluation, find_target

GROUP, SUITE = "group.yaml", "suite.yaml"


def _inside(name: str) -> str:
    """Refuse a name that leads out of the folder: a stranger's suite reads nothing else."""
    if Path(name).name != name or name in ("", ".", ".."):
        raise ValueError(f"must be the name of a folder beside it, not {shown(name)}")
    return name


FolderName = Annotated[str, AfterValidator(_inside)]


class GroupFile(Section):
    """What belongs to a group."""

    name: str
    seeds: Seeds


class SuiteFile(Section):
    """What belongs to a suite: the folders of its groups, and how its runs are judged."""

    name: str
    groups: list[FolderName]
    evaluate: SuiteEvaluation = SuiteEvaluation()


@dataclass(frozen=True)
class Group:
    """Runs of one config with several seeds.

    Attributes:
        name: of the config.
        folder: the group's.
        seeds: of its runs, trained or not.
    """

    name: str
    folder: Path
    seeds: tuple[int, ...]

    @property
    def runs(self) -> dict[int, Path]:
        """The folder of each run by seed."""
        return {seed: self.folder / f"seed-{seed}" for seed in self.seeds}


def save_group(group: Group) -> Group:
    """Make a group's folder, or adds seeds to it; return the group as it is now.

    Raises:
        RunError: when the folder holds a run itself, or can't be made.
    """
    _make(group.folder)
    with alone_in(group.folder):
        old = read_group(group.folder).seeds if is_group(group.folder) else ()
        seeds = sorted({*old, *group.seeds})
        _write(group.folder / GROUP, GroupFile(name=group.name, seeds=seeds))
    return Group(group.name, group.folder, tuple(seeds))


def save_suite(folder: Path, name: str, groups: Sequence[str], evaluate: SuiteEvaluation) -> None:
    """Make a suite's folder, or adds groups to it.

    Raises:
        RunError: when the folder holds a run itself, or can't be made.
    """
    _make(folder)
    with alone_in(folder):
        old = read_suite(folder).groups if holds_suite(folder) else []
        every = list(dict.fromkeys([*groups, *old]))
        _write(folder / SUITE, SuiteFile(name=name, groups=every, evaluate=evaluate))


def means_folder(target: str) -> bool:
    """Whether a folder is to be trained: a run's, or one that has no config's or suite's name."""
    folder = Path(target)
    if is_folder(folder) and not holds_run(folder):
        with suppress(ConfigError):
            find_target(target)
            return False
    return is_folder(folder)


def is_group(folder: Path) -> bool:
    """Whether a folder holds a group."""
    return (folder / GROUP).is_file()


def holds_suite(folder: Path) -> bool:
    """Whether a folder holds a suite's groups."""
    return (folder / SUITE).is_file()


def read_group(folder: Path) -> Group:
    """Return the group of a folder.

    Raises:
        RunError: when its file is damaged.
    """
    file = _read(folder / GROUP, GroupFile)
    return Group(file.name, folder, tuple(file.seeds))


def read_suite(folder: Path) -> SuiteFile:
    """Return what a suite's folder holds.

    Raises:
        RunError: when its file is damaged.
    """
    suite: SuiteFile = _read(folder / SUITE, SuiteFile)
    return suite


def _make(folder: Path) -> None:
    if holds_run(folder):
        raise RunError(f"{folder}: holds a run; choose another --out for several")
    make_folder(folder)


def _write(path: Path, content: Section) -> None:
    write_text(path, to_yaml(content.model_dump()))


def _read(path: Path, model: type[Any]) -> Any:
    try:
        return model.model_validate(parse_yaml(path))
    except ConfigError as error:
        raise RunError(str(error)) from None
    except ValidationError as error:
        raise RunError(explain(error, model, str(path), {})) from None
