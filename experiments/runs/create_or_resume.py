"""Where a training run begins: a new folder, or the last finished round of an old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from agents import Agent
from agents.bounded import is_folder
from experiments.config.flat import flat
from experiments.config.models import Config, find, load, make_agent
from experiments.errors import ConfigError, RunError
from experiments.files import make_folder
from experiments.printable import say
from experiments.runs import run as runs
from experiments.runs.commit import put_right, remove_partials
from experiments.runs.contents import MAKING, REPLAYS
from experiments.runs.interface import names_of
from experiments.runs.lock import EVALUATING, TRAINING, Lock, held, remove_free
from experiments.runs.names import folder_name
from experiments.runs.run import Run
from experiments.runs.start import find_start, resumed, start_from
from experiments.seeds import check_amount, training_seed

FREE = ("name", "train.games", "start.games", "start.digest")  # keys that may differ; also below


@contextmanager
def create_or_resume(
    target: str, overrides: tuple[str, ...], out: Path | None, resume: bool, overwrite: bool
) -> Iterator[Run]:
    """Give a run to train: a new one, or one to go on with; nobody else trains it meanwhile.

    A run whose making was cut off is made anew.

    Args:
        target: a config's path or name, or a run folder.
        overrides: dotted, on top of the config.
        out: the run folder; None for the target if that is a run, or else runs/<name>.
        resume, overwrite: what to do with a run that is there.

    Raises:
        ConfigError: for a config that can't be used.
        RunError: for a folder that can't be used, and for one that another process holds.
    """
    is_run = runs.holds_run(Path(target))
    config = _config(target, overrides, is_run, {})
    name = folder_name(config.name)
    folder = out or (Path(target) if is_run else Path("runs") / name)
    if runs.is_shipped(folder):
        raise RunError(f"{folder}: comes with the project and stays as it is; choose another --out")
    if not is_run and runs.runs_in(folder):
        raise RunError(f"{folder}: holds several runs; choose another --out, or add --seeds")
    if resume and not runs.is_half_made(folder):
        before = runs.open_run(folder).config
        config = resumed(_config(target, overrides, is_run, names_of(before.env)), before)
        agent = make_agent(config)
    else:
        _check_free(folder, overwrite)
        config, agent = _begin(config, folder, partial(_config, target, overrides, is_run))
    check_amount(config.train.games, "train.games")
    check_amount(config.evaluate.games, "evaluate.games")
    make_folder(folder)
    with held(folder, TRAINING) as lock:
        if runs.is_half_made(folder):
            say(f"{folder}: the making of this run was cut off, and begins anew")
        elif resume:
            yield _resume(folder, config, lock)
            return
        else:
            _check_free(folder, overwrite)
        with held(folder, EVALUATING):
            run = runs.create(folder, config, agent, lock)
        yield run


def _check_free(folder: Path, overwrite: bool) -> None:
    if runs.holds_run(folder) and not runs.is_half_made(folder) and not overwrite:
        raise RunError(f"{folder}: holds a run; add --resume to go on with it, or --overwrite")


def _begin(
    config: Config, folder: Path, load_pinned: Callable[[Mapping[str, list[str]]], Config]
) -> tuple[Config, Agent]:
    """Return a new run's config and its first agent, untrained or as another run's.

    Args:
        config: as it is without that other run.
        folder: the new run's.
        load_pinned: gives the config that keeps these names, as far as it leaves them open.
    """
    if config.start is None:
        return config, make_agent(config)
    origin = find_start(config.start, folder)
    return start_from(origin, load_pinned(names_of(origin.config.env)))


def _config(
    target: str, overrides: tuple[str, ...], is_run: bool, pinned: Mapping[str, list[str]]
) -> Config:
    if is_run:
        making = Path(target) / MAKING
        if making.exists():
            return load(making, overrides)
        return runs.open_run(Path(target), overrides).config
    return load(_find(target), overrides, pinned)


def _find(target: str) -> Path:
    """Return a config's file; where there is none but a folder, tell of the folder."""
    try:
        return find(target)
    except ConfigError:
        if not is_folder(Path(target)):
            raise
    if runs.runs_in(Path(target)):
        raise RunError(f"{target}: holds several runs; train it by its config or suite")
    raise RunError(f"{target}: is a folder, but holds no run")


def _resume(folder: Path, config: Config, lock: Lock) -> Run:
    run = runs.open_run(folder)
    _, done = run.checkpoint()
    check_resumable(run, config, done)
    cut_off = run.count_episodes() - done
    if cut_off:
        say(f"{folder}: {cut_off} games of a round that was cut off are played again")
    if run.first_seed() != training_seed(config.seed, 0):
        say(f"{folder}: was begun on the games of seed 0, and goes on with them")
    put_right(folder)
    remove_free(folder / EVALUATING)
    remove_partials(folder / REPLAYS / runs.TRAINING)
    resumed = Run(folder, config, lock)
    runs.save_config(resumed)
    return resumed


def check_resumable(run: Run, config: Config, games: int) -> None:
    """Check that going on with a run under a config gives what a fresh run would.

    Only the number of games, the evaluation and the limits may differ, and the games so far must
    be whole rounds.

    Args:
        run: the run, with the config it was made with.
        config: the config to go on with.
        games: how many games the run has learned from.

    Raises:
        RunError: names the first key that differs.
    """
    theirs, ours = flat(run.config.model_dump()), flat(config.model_dump())
    for key in sorted(theirs.keys() | ours.keys()):
        free = key in FREE or key.startswith(("evaluate.", "limits."))
        if not free and theirs.get(key) != ours.get(key):
            raise RunError(
                f"{run.folder}: was made with {key} = {theirs.get(key)!r}, not {ours.get(key)!r};"
                f" choose another --out, or --overwrite it"
            )
    if games > config.train.games:
        raise RunError(
            f"{run.folder}: has learned from {games} games already, more than train.games ="
            f" {config.train.games}; choose another --out, or --overwrite it"
        )
    if games % config.train.games_per_round and games != config.train.games:
        raise RunError(
            f"{run.folder}: its {games} games are not whole rounds of"
            f" {config.train.games_per_round}, so more games would not give what a fresh run"
            f" gives; choose another --out, or --overwrite it"
        )
