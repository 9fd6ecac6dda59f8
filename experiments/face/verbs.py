"""`train`, `evaluate`, `compare` and `load_run`: what the command line does, for Python code.

Nothing is printed but progress, nothing exits: mistakes are `experiments.errors.UserError`s. Ctrl-C
is Python's own KeyboardInterrupt; rounds that were finished are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from envs.nethack.wizkit import marked
from experiments.arguments import path, text, whole_number, wrong
from experiments.commands.contest import contest
from experiments.commands.play import check_agent, games_of, play_unseen, train_run
from experiments.commands.train import started_from
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.face.compared import Compared
from experiments.face.games import Games
from experiments.face.loaded import LoadedRun
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.named import find_run
from experiments.runs.run import open_run
from experiments.seeds import BLOCK
from experiments.suites.folders import means_folder
from experiments.suites.model import find_target, is_suite
from experiments.suites.variants import as_overrides
from experiments.training.asked import LEARNED
from experiments.training.tensorboard import library

Where = str | Path | LoadedRun  # a run: its folder, its name, or the run itself


def train(
    config: str | Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    start: Where | None = None,
    out: str | Path | None = None,
    workers: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    tensorboard: bool = False,
    progress: bool = True,
) -> LoadedRun:
    """Train an agent, and return its run. `evaluate` then plays unseen games.

    Args:
        config: a YAML file, the name of a config that ships, or a run folder to go on with.
        overrides: values by dotted key, such as ``{"agent.epsilon": 0.2, "seed": 3}``.
        start: a trained run whose weights the new run begins with; None begins untrained.
        out: the run folder; None for ``runs/<name>``.
        workers: processes that play; None for one on each processor. The result is the same.
        resume: whether to go on with the run that is there.
        overwrite: whether to replace it.
        tensorboard: whether to write event files into the run folder, too.
        progress: whether to show a bar, in a terminal and in a notebook.

    Raises:
        ConfigError: names the key, what is wrong, and the nearest valid one.
        RunError: for a folder that can't be used, or holds a run already; for a game that failed.
        UserError: for a suite, for an argument of another type, and when learning diverged.
    """
    target, workers = str(path("config", config)), _whole("workers", workers)
    folder = None if out is None or out == "" else path("out", out)
    if not isinstance(overrides, Mapping | None):
        raise wrong("overrides", 'values by dotted key, such as {"seed": 3}', overrides)
    if resume and overwrite:
        raise UserError("resume and overwrite exclude each other")
    if tensorboard:
        library()  # before a folder is made
    if not means_folder(target) and is_suite(find_target(target)):
        raise UserError(f"{target}: is a suite; train it with: yendor train {target}")
    given = as_overrides(overrides or {})
    if start is not None:
        given = (*given, *started_from(load_run(start).folder))
    with create_or_resume(target, given, folder, resume, overwrite) as run:
        train_run(run, workers, _console(progress), tensorboard=tensorboard)
    return LoadedRun(open_run(run.folder))


def evaluate(
    run: Where,
    games: int | None = None,
    *,
    agent: str | None = None,
    block: int = BLOCK,
    workers: int | None = None,
    progress: bool = True,
) -> Games:
    """Play unseen games, learning off; those that were played before are read.

    Args:
        run: a run, its folder, or its name.
        games: how many; None for as many as its config says.
        agent: the name of an untrained agent that plays in the learned one's place.
        block: of unseen games: another one, to confirm a number on.
        workers: processes that play; None for one on each processor.
        progress: whether to show a bar.

    Raises:
        RunError: for a run that can't be read.
        UserError: for an unknown agent, for games that there are not, and for an argument of
            another type.
    """
    check_agent(None if agent is None else text("agent", agent), "agent")
    games, workers = _whole("games", games), _whole("workers", workers)
    block = whole_number("block", block)
    opened = load_run(run).run
    rows = play_unseen(
        opened, games_of(opened, games), workers, agent or LEARNED, block,
        console=_console(progress),
    )  # fmt: skip
    who = marked(agent, opened.config.env.wizkit) if agent else opened.config.title
    return Games(who, rows)


def compare(
    *runs: Where,
    games: int | None = None,
    block: int | None = None,
    workers: int | None = None,
    progress: bool = True,
) -> Compared:
    """Compare runs on the same unseen games; those that are missing are played.

    Args:
        *runs: runs, their folders or names; folders of several seeds; suites; and configs, whose
            untrained agents play, such as ``"random"``.
        games: how many; None for as many as the first run's config says.
        block: of unseen games; None for the first, or the suite's.
        workers: processes that play; None for one on each processor.
        progress: whether to show bars.

    Raises:
        UserError: when there is nothing to compare, when the runs play different games, and for
            an argument of another type.
    """
    games, workers = _whole("games", games), _whole("workers", workers)
    block = _whole("block", block)
    folders = [_folder("each run", one) for one in runs]
    if not folders:
        raise UserError("compare: name a run at least")
    asked = contest(folders, games, workers, block, _console(progress))
    if len(asked.fields) > 1:
        what = "; ".join(field.what for field in asked.fields[1:])
        raise UserError(f"the runs play different games ({what}): compare them one by one")
    (evidence,) = asked.played()
    return Compared(evidence)


def load_run(run: Where) -> LoadedRun:
    """Open a run.

    Args:
        run: its folder; the name of a config that was trained under ``runs/``; or of a run that
            ships, such as ``"ppo"``.

    Raises:
        RunError: names the nearest run when there is none, or what is damaged.
        UserError: for what is no folder and no name.
    """
    if isinstance(run, LoadedRun):
        return run
    return LoadedRun(open_run(find_run(_folder("run", run), _ignore)))


def _folder(what: str, run: Where) -> Path:
    """Return the folder or the name that a run was given by."""
    if isinstance(run, LoadedRun):
        return run.folder
    if not isinstance(run, str | PathLike):
        raise wrong(what, "a folder, a name, or a run that was loaded", run)
    return Path(run)


def _ignore(note: str) -> None:
    """Code that names a run sees which one it gets: nothing is printed."""


def _console(progress: bool) -> PlainConsole:
    """Return where progress is shown: made anew, since a notebook changes the standard output."""
    return PlainConsole(quiet=not progress)


def _whole(what: str, count: int | None) -> int | None:
    return None if count is None else whole_number(what, count)
