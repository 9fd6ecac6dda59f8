"""A run folder: what was asked for, what it was made with, every game, and what was learned.

Files are written whole or not at all. The checkpoint says how many games it has learned from; rows
of `episodes.jsonl` and `metrics.jsonl` beyond those belong to a round that was cut off, and is
played again.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import agents
from agents import checkpoint
from agents.bounded import is_folder, parse_json, read_bounded
from agents.whole import write_whole
from envs.names import nearest
from experiments.config.models import Config, dump, load
from experiments.config.names import CONFIGS
from experiments.config.yaml import MOST_TEXT
from experiments.errors import RunError
from experiments.files import (
    PACKED,
    Row,
    folder_in,
    make_folder,
    to_lines,
    write_bytes,
    write_text,
)
from experiments.replays.format import SUFFIX
from experiments.rows import count_rows, has_rows, read_rows
from experiments.runs import game_rows, metric_rows
from experiments.runs.commit import CHECKPOINT, MOST_JSON, SAYS, commit, read_checkpoint
from experiments.runs.contents import (
    CONFIG,
    EPISODES,
    EVALUATIONS,
    FAULTS,
    MAKING,
    METRICS,
    REPLAYS,
    VERSIONS,
    clear,
    conclude_making,
    holds_run,
    is_half_made,
    runs_in,
)
from experiments.runs.interface import check_content, interface, misfit, names_in
from experiments.runs.kept import kept_folder
from experiments.runs.lock import Lock
from experiments.runs.versions import versions
from experiments.seeds import training_seed

TRAINING = "training"  # where the replays of training games lie; else the evaluation's label
SHIPPED = CONFIGS / "trained"  # runs that come with the project, known by their names


@dataclass(frozen=True)
class Run:
    """A run folder and its config.

    Attributes:
        folder: the run's.
        config: as it was resolved.
        lock: held by this process while it writes there; None for readers.
    """

    folder: Path
    config: Config
    lock: Lock | None = field(default=None, compare=False, repr=False)

    @cached_property
    def played_in(self) -> Path:
        """Where evaluations and their replays go.

        That is the run, unless it ships with the project, or may only be read.
        """
        if not is_shipped(self.folder) and may_write(self.folder):
            return self.folder
        return read_checkpoint(
            self.folder, lambda place: kept_folder(self.config, sorted(place.iterdir()))
        )

    @property
    def may_be_played_in(self) -> list[Path]:
        """Where evaluations and replays lie: what was played last comes first."""
        return list(dict.fromkeys((self.played_in, self.folder)))

    def episodes(self, games: int) -> list[Row]:
        """Return one row for each of the first so many training games.

        Raises:
            RunError: when rows are missing, cut short, or no games'.
        """
        return read_rows(self.folder / EPISODES, games, game_rows.misfit)

    def count_episodes(self) -> int:
        """Return how many rows there are, whole or not."""
        return count_rows(self.folder / EPISODES)

    def first_seed(self) -> int:
        """Return the seed of the first game of training; the others count up from it.

        Runs once trained on the same games whatever their seed was: one that did goes on with them.

        Raises:
            RunError: when the first row is of another game.
        """
        first = training_seed(self.config.seed, 0)
        rows = self.episodes(min(1, self.count_episodes()))
        seed = rows[0].get("seed") if rows else first
        if seed not in (first, training_seed(0, 0)):
            told = f"game 0 has the seed {seed}, where {first} belongs"
            raise RunError(f"{self.folder / EPISODES}: {told}")
        return int(seed)

    def metrics(self, games: int | None = None) -> list[Row]:
        """Return a row for each round of training, as `experiments.training.metrics` makes them.

        A run from before there were such rows has none, or only those of later rounds.

        Args:
            games: leave out rounds beyond so many games; None for all there are.

        Raises:
            RunError: when the file is cut short.
        """
        path = self.folder / METRICS
        rows = read_rows(path, misfit=metric_rows.misfit) if has_rows(path) else []
        return [row for row in rows if games is None or row["games"] <= games]

    def evaluation(self, label: str) -> list[Row]:
        """Return the rows of the evaluation of that label; none if there was none.

        Raises:
            RunError: when the file is cut short, or its rows are no games'.
        """
        paths = [place / EVALUATIONS / f"{label}.jsonl" for place in self.may_be_played_in]
        played = (path for path in paths if path.exists())
        return next((read_rows(path, misfit=game_rows.misfit) for path in played), [])

    def save_evaluation(self, label: str, rows: Sequence[Row]) -> Path:
        """Write the rows of an evaluation, and return where."""
        path = folder_in(self._place(label), EVALUATIONS) / f"{label}.jsonl"
        write_text(path, to_lines(rows))
        return path

    def replays(self, label: str) -> dict[int, Path]:
        """Return the files of the recorded games of a label, by number, ascending."""
        found: dict[int, Path] = {}
        for place in reversed(self.may_be_played_in):
            for path in (place / REPLAYS / label).glob("*" + SUFFIX):
                if (number := path.name.removesuffix(SUFFIX)).isdecimal():
                    found[int(number)] = path
        return dict(sorted(found.items()))

    def save_replay(self, label: str, number: int, replay: bytes | None) -> None:
        """Write a game's replay, if it was recorded."""
        if replay is not None:
            folder = folder_in(self._place(label), REPLAYS, label)
            write_bytes(folder / f"{number}{SUFFIX}", replay)

    def save_fault(self, label: str, seed: int, replay: bytes) -> Path:
        """Write the replay of a game that came to no end, beside those of other times; return
        where.
        """
        folder = folder_in(self._place(label), FAULTS, label)
        names = (folder / f"{seed}-{number}{SUFFIX}" for number in itertools.count(1))
        path = next(path for path in names if not path.exists())
        write_bytes(path, replay)
        return path

    def _place(self, label: str) -> Path:
        """Return the folder that games of a label are written into, which exists."""
        if self.lock:
            self.lock.check()
        if label == TRAINING or self.played_in == self.folder:
            return self.folder
        make_folder(self.played_in)
        return self.played_in

    def save(self, agent: agents.Agent, rows: Sequence[Row], metrics: Sequence[Row] = ()) -> None:
        """Write the games and the metrics so far, and then the agent that learned from them.

        Raises:
            RunError: when the folder is no longer the one that this process writes.
            OSError: when it can't be written; what was saved before is kept.
        """
        if self.lock:
            self.lock.check()
        write_whole(self.folder / EPISODES, to_lines(rows).encode())
        write_whole(self.folder / METRICS, to_lines(metrics).encode())
        content = {"games": len(rows)} | interface(self.config.env)

        def write(place: Path) -> None:
            agent.save(place)
            write_whole(place / SAYS, (json.dumps(content) + "\n").encode())

        commit(self.folder, write)

    def checkpoint(self) -> tuple[agents.Agent, int]:
        """Return the agent, and how many games it has learned from.

        Raises:
            RunError: when the checkpoint is missing, one of its files is cut short, or it was made
                for other macro-actions, other features or another architecture than the config's.
        """
        try:
            return read_checkpoint(self.folder, self._read_checkpoint)
        except (OSError, ValueError) as error:
            raise RunError(
                f"{self.folder / CHECKPOINT}: the checkpoint is missing or cut short"
                f" ({str(error)[:300]});"
                f" train anew with: yendor train CONFIG --out {self.folder} --overwrite"
            ) from None

    def _read_checkpoint(self, place: Path) -> tuple[agents.Agent, int]:
        content = read_content(place)
        header = checkpoint.read_header(place)
        # Sizes are compared before anything of them is allocated.
        if difference := misfit(self.config, header, content):
            where = f"{self.folder / CHECKPOINT}: does not fit {self.folder / CONFIG}"
            raise RunError(f"{where}: {difference}")
        return agents.load(place), content["games"]


def read_content(place: Path) -> dict[str, Any]:
    """Return what a checkpoint says of itself: how many games, and what it was made for.

    Raises:
        OSError, ValueError: when it can't be read, or is no such thing.
    """
    return check_content(parse_json(read_bounded(place / SAYS, MOST_JSON)))


def _pinned(folder: Path) -> dict[str, list[str]]:
    """Return what the checkpoint was made for: the configs of older runs do not tell all of it."""
    try:
        return names_in(read_checkpoint(folder, read_content))
    except (OSError, ValueError):
        return {}  # told by `Run.checkpoint`


def shipped_runs() -> list[str]:
    """Return the names of the runs that come with the project."""
    return [path.name for path in runs_in(SHIPPED)]


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of a run that comes with the project, by whatever path or link."""
    return Path(os.path.realpath(SHIPPED)) in Path(os.path.realpath(folder)).parents


def may_write(folder: Path) -> bool:
    """Whether games may be kept in a run folder: in real folders that this user may write into."""
    places = [folder, *(folder / name for name in (EVALUATIONS, REPLAYS))]
    writable = all(os.access(place, os.W_OK | os.X_OK) for place in places if place.exists())
    return writable and not any(place.is_symlink() for place in places[1:])


def create(folder: Path, config: Config, agent: agents.Agent, lock: Lock | None = None) -> Run:
    """Make a run folder with an untrained agent, in the place of a run that is there.

    What else is in the folder stays. A making that is cut off is known by `is_half_made`.

    Args:
        folder: the run's, made where it is missing.
        config: resolved.
        agent: untrained.
        lock: of the folder, if this process goes on to train there.

    Raises:
        UserError: when the folder can't be made.
        OSError: when it can't be written.
    """
    make_folder(folder)
    run = Run(folder, config, lock)
    write_text(folder / MAKING, _written(config))
    clear(folder)
    write_text(folder / VERSIONS, json.dumps(versions(), indent=2) + "\n")
    run.save(agent, [])
    conclude_making(folder)
    return run


def save_config(run: Run) -> None:
    """Write the resolved config of a run."""
    write_text(run.folder / CONFIG, _written(run.config))


def _written(config: Config) -> str:
    """Return a config as it is written; a last line of three dots shows that it is whole."""
    return dump(config) + "...\n"


def open_run(folder: Path, overrides: tuple[str, ...] = ()) -> Run:
    """Open a run folder, or a shipped run by its name.

    Raises:
        RunError: when there is none, or a file of it is missing or cut short.
        ConfigError: when its config, with the overrides, is no config.
    """
    is_name = folder == Path(folder.name) and not (holds_run(folder) or runs_in(folder))
    if is_name and folder.name in shipped_runs():
        folder = SHIPPED / folder.name
    if not is_folder(folder):
        beside = [path.name for path in runs_in(folder.parent)]
        beside += shipped_runs()
        hint = nearest(folder.name, beside) if beside else "make one with: yendor train quickstart"
        raise RunError(f"{folder}: there is no such run; {hint}")
    if not holds_run(folder) and (several := [p.name for p in runs_in(folder)]):
        raise RunError(f"{folder}: holds several runs; name one of {', '.join(several)} in it")
    if is_half_made(folder):
        told = "is being made, or the making was cut off"
        raise RunError(f"{folder}: {told}; make it with: yendor train CONFIG --out {folder}")
    for name in (CONFIG, EPISODES, CHECKPOINT):
        # Looked for once more at the end: a trainer may have renamed it meanwhile.
        if not any((folder / (name + end)).exists() for end in ("", ".new", ".old", PACKED, "")):
            raise RunError(f"{folder}: is not a complete run: {name} is missing")
    path = folder / CONFIG
    check_whole(path)
    pinned = _pinned(folder)
    run = Run(folder, load(path, pinned=pinned))
    _, games = run.checkpoint()
    run.episodes(games)
    return Run(folder, load(path, overrides, pinned)) if overrides else run


def check_whole(path: Path) -> None:
    """Check that the last line of a run's config is there, whatever ends a line on that machine.

    Raises:
        RunError: when it is not, or the file can't be read.
    """
    try:
        lines = read_bounded(path, 4 * MOST_TEXT).split()
    except (OSError, ValueError) as error:
        raise RunError(f"{path}: can't be read: {error}") from None
    if lines[-1:] != [b"..."]:
        raise RunError(f"{path}: is cut short: its last line must be '...'")
