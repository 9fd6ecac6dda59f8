"""Who is compared: run folders, groups, suites and configs, as they are named to `compare`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agents.bounded import is_folder
from envs.names import nearest
from experiments.config.models import load
from experiments.config.names import configs
from experiments.errors import ConfigError, RunError, UserError, told
from experiments.runs.named import RUNS, is_name, newest_run
from experiments.runs.run import CONFIG, Run, holds_run, open_run, runs_in, shipped_runs
from experiments.suites.folders import SUITE, holds_suite, is_group, read_group, read_suite
from experiments.suites.model import SuiteEvaluation, find_target, is_suite, load_suite, suites


@dataclass
class Entrants:
    """Those who can be compared, and why others can't.

    Attributes:
        runs: trained to the end.
        baselines: config files, whose untrained agents play.
        left_out: what is wrong with the rest, a sentence each.
        evaluation: the one that a suite asks for, if there is a suite.
    """

    runs: list[Run] = field(default_factory=list)
    baselines: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    evaluation: SuiteEvaluation | None = None


def entrants(targets: Sequence[Path]) -> Entrants:
    """Open all that is to be compared; what is damaged, missing or unfinished is left out.

    Args:
        targets: run folders, groups, suites or configs, by their paths, also as seen from
            ``runs/``, or names.

    Raises:
        UserError: when a run is given twice; when of all that is asked for nothing is left, or only
            configs, whose games would not be those of the runs.
    """
    found = Entrants()
    folders: list[Path] = []
    for target in targets:
        try:
            folders += _folders(target, found)
        except UserError as error:
            found.left_out.append(str(error))
    if twice := [folder for folder in folders if folders.count(folder) > 1]:
        raise UserError(f"{twice[0]}: is given twice; compare it with another run")
    for folder in folders:
        try:
            found.runs.append(_finished(folder))
        except (RunError, ConfigError) as error:
            found.left_out.append(str(error))
        except OSError as error:
            found.left_out.append(told(error))
    if not found.runs and (found.left_out or not found.baselines):
        raise UserError("\n".join(found.left_out))
    return found


def _folders(target: Path, found: Entrants) -> Iterable[Path]:
    """Return the run folders that a target stands for; a config goes to the baselines."""
    if _holds_runs(target):
        return _in_folder(target, found)
    if is_name(target) and not _never_learns(target.name):
        if (own := newest_run(target.name)) is not None:
            return _in_folder(own.parent if is_group(own.parent) else own, found)
        if target.name in shipped_runs():
            return [target]
    if holds_suite(RUNS / target) or is_group(RUNS / target):
        return _in_folder(RUNS / target, found)
    try:
        file = find_target(str(target))
    except ConfigError:
        if is_folder(target):
            return [target]  # `open_run` tells what is missing
        known = [*shipped_runs(), *configs(), *suites()]
        known += [path.name for path in RUNS.glob("*") if path.is_dir()]
        known += [path.name for path in runs_in(target.parent) if (path / CONFIG).is_file()]
        hint = nearest(target.name, dict.fromkeys(known))
        told = f"there is no such run, suite or config; {hint}"
        raise RunError(f"{target}: {told}") from None
    if not is_suite(file):
        found.baselines.append(file)
        return []
    folder = RUNS / load_suite(file).suite.name
    if not holds_suite(folder):
        raise RunError(f"{target}: {folder / SUITE} is missing; yendor train {target} makes it")
    return _in_folder(folder, found)


def _holds_runs(folder: Path) -> bool:
    """Whether a folder is a run's, or holds several, a group or a suite."""
    return bool(holds_run(folder) or runs_in(folder) or holds_suite(folder) or is_group(folder))


def _never_learns(name: str) -> bool:
    """Whether a config of that name plays untrained, whatever runs of it there are."""
    try:
        path = find_target(name)
        return not is_suite(path) and not load(path).train.games
    except ConfigError:
        return False


def _in_folder(folder: Path, found: Entrants) -> list[Path]:
    if holds_suite(folder):
        suite = read_suite(folder)
        found.evaluation = found.evaluation or suite.evaluate
        groups = [folder / name for name in suite.groups]
    elif is_group(folder):
        groups = [folder]
    else:
        return [folder]
    return [run for group in groups for run in read_group(group).runs.values()]


def _finished(folder: Path) -> Run:
    run = open_run(folder)
    (_, done), wanted = run.checkpoint(), run.config.train.games
    if done < wanted:
        raise RunError(
            f"{folder}: has learned from {done:,} of {wanted:,} games: it is still running, or was"
            " stopped"
        )
    return run
