"""A run folder: what was asked for, what it was made with, every game, and what was learned.

Files are written whole or not at all. The checkpoint says how many games it has learned from; rows
of `episodes.jsonl` and `metrics.jsonl` beyond those belong to a round that was cut off, and is
played again.
"""

from __future__ import annotations

import itertools
import json
import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import agents
from envs.names import nearest
from experiments.config.models import CONFIGS, Config, dump, load
from experiments.errors import RunError
from experiments.files import PACKED, Row, read_rows, read_text, to_lines, write_bytes, write_text
from experiments.replays.format import SUFFIX
from experiments.runs.interface import interface, misfit, names_in
from experiments.runs.kept import kept_folder
from experiments.seeds import training_seed

CONFIG, VERSIONS, EPISODES, METRICS, CHECKPOINT = (
    "config.yaml",
    "versions.json",
    "episodes.jsonl",
    "metrics.jsonl",
    "checkpoint",
)
EVALUATIONS, REPLAYS, FAULTS = "evaluations", "replays", "faults"
TRAINING = "training"  # where the replays of training games lie; else the evaluation's label
SHIPPED = CONFIGS / "trained"  # runs that come with the project, known by their names
CONTENTS = (CONFIG, VERSIONS, EPISODES, METRICS, CHECKPOINT, EVALUATIONS, REPLAYS, FAULTS)
PACKAGES = ("yendor", "nle", "gymnasium", "numpy", "numba", "scipy")


@dataclass(frozen=True)
class Run:
    """A run folder and its config."""

    folder: Path
    config: Config

    @property
    def played_in(self) -> Path:
        """Where evaluations and replays lie: nothing is written into a run that ships."""
        if self.folder.parent != SHIPPED:
            return self.folder
        return kept_folder(self.config, sorted((self.folder / CHECKPOINT).iterdir()))

    def episodes(self, games: int) -> list[Row]:
        """Return one row for each of the first so many training games.

        Raises:
            RunError: when rows are missing or cut short.
        """
        return read_rows(self.folder / EPISODES, games)

    def count_episodes(self) -> int:
        """Return how many rows there are, whole or not."""
        return len(read_text(self.folder / EPISODES).splitlines())

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
        found = any(path.with_name(METRICS + end).exists() for end in ("", PACKED))
        rows = read_rows(path) if found else []
        return [row for row in rows if games is None or row["games"] <= games]

    def evaluation(self, label: str) -> list[Row]:
        """Return the rows of the evaluation of that label; none if there was none.

        Raises:
            RunError: when the file is cut short.
        """
        path = self.played_in / EVALUATIONS / f"{label}.jsonl"
        return read_rows(path) if path.exists() else []

    def save_evaluation(self, label: str, rows: Sequence[Row]) -> Path:
        """Write the rows of an evaluation, and return where."""
        path = self.played_in / EVALUATIONS / f"{label}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, to_lines(rows))
        return path

    def replays(self, label: str) -> dict[int, Path]:
        """Return the files of the recorded games of a label, by number, ascending."""
        found = (self.played_in / REPLAYS / label).glob("*" + SUFFIX)
        numbers = {
            int(n): path for path in found if (n := path.name.removesuffix(SUFFIX)).isdigit()
        }
        return dict(sorted(numbers.items()))

    def save_replay(self, label: str, number: int, replay: bytes | None) -> None:
        """Write a game's replay, if it was recorded."""
        if replay is not None:
            folder = self.played_in / REPLAYS / label
            folder.mkdir(parents=True, exist_ok=True)
            write_bytes(folder / f"{number}{SUFFIX}", replay)

    def save_fault(self, label: str, seed: int, replay: bytes) -> Path:
        """Write the replay of a game that came to no end, beside those of other times; return
        where.
        """
        folder = self.played_in / FAULTS / label
        folder.mkdir(parents=True, exist_ok=True)
        names = (folder / f"{seed}-{number}{SUFFIX}" for number in itertools.count(1))
        path = next(path for path in names if not path.exists())
        write_bytes(path, replay)
        return path

    def save(self, agent: agents.Agent, rows: Sequence[Row], metrics: Sequence[Row] = ()) -> None:
        """Write the games and the metrics so far, and then the agent that learned from them."""
        write_text(self.folder / EPISODES, to_lines(rows))
        write_text(self.folder / METRICS, to_lines(metrics))
        new, old, current = (self.folder / (CHECKPOINT + end) for end in (".new", ".old", ""))
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        agent.save(new)
        content = {"games": len(rows)} | interface(self.config.env)
        write_text(new / "checkpoint.json", json.dumps(content) + "\n")
        if current.exists():
            current.rename(old)
        new.rename(current)
        shutil.rmtree(old, ignore_errors=True)

    def checkpoint(self) -> tuple[agents.Agent, int]:
        """Return the agent, and how many games it has learned from.

        Raises:
            RunError: when the checkpoint is missing, one of its files is cut short, or it was made
                for other macro-actions, other features or another architecture than the config's.
        """
        folder = _checkpoint(self.folder)
        try:
            content = json.loads((folder / "checkpoint.json").read_text())
            games, agent = int(content["games"]), agents.load(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(
                f"{folder}: the checkpoint is missing or cut short ({error});"
                f" train anew with: yendor train CONFIG --out {self.folder} --overwrite"
            ) from None
        if difference := misfit(self.config, agent.header, content):
            raise RunError(f"{folder}: does not fit {self.folder / CONFIG}: {difference}")
        return agent, games


def _checkpoint(folder: Path) -> Path:
    """Return a run's checkpoint, put back if a `save` was stopped between its two renames."""
    new, old = folder / CHECKPOINT, folder / (CHECKPOINT + ".old")
    if old.exists() and not new.exists():
        old.rename(new)
    return new


def _pinned(folder: Path) -> dict[str, list[str]]:
    """Return what the checkpoint was made for: the configs of older runs do not tell all of it."""
    try:
        return names_in(json.loads((_checkpoint(folder) / "checkpoint.json").read_text()))
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # told by `Run.checkpoint`


def holds_run(folder: Path) -> bool:
    """Whether any file of a run is in the folder."""
    return any((folder / name).exists() for name in CONTENTS)


def runs_in(folder: Path) -> list[Path]:
    """Return the folders of runs that lie in a folder."""
    return sorted(path for path in folder.glob("*") if holds_run(path))


def shipped_runs() -> list[str]:
    """Return the names of the runs that come with the project."""
    return [path.name for path in runs_in(SHIPPED)]


def create(folder: Path, config: Config, agent: agents.Agent) -> Run:
    """Make a run folder with an untrained agent. What else is in the folder stays.

    Raises:
        RunError: when the folder can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"{folder}: can't be made: {error.strerror}") from None
    run = Run(folder, config)
    write_text(folder / VERSIONS, json.dumps(_versions(), indent=2) + "\n")
    run.save(agent, [])
    save_config(run)
    return run


def save_config(run: Run) -> None:
    """Write the resolved config of a run; a last line of three dots shows that it is whole."""
    write_text(run.folder / CONFIG, dump(run.config) + "...\n")


def clear(folder: Path) -> None:
    """Remove a run's own files from a folder, and nothing else."""
    for name in (*CONTENTS, CHECKPOINT + ".new", CHECKPOINT + ".old"):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def open_run(folder: Path, overrides: tuple[str, ...] = ()) -> Run:
    """Open a run folder, or a shipped run by its name.

    Raises:
        RunError: when there is none, or a file of it is missing or cut short.
        ConfigError: when its config, with the overrides, is no config.
    """
    if not folder.is_dir() and folder == Path(folder.name) and folder.name in shipped_runs():
        folder = SHIPPED / folder.name
    if not folder.is_dir():
        beside = [path.name for path in runs_in(folder.parent)]
        beside += shipped_runs()
        hint = nearest(folder.name, beside) if beside else "make one with: yendor train quickstart"
        raise RunError(f"{folder}: there is no such run; {hint}")
    if not holds_run(folder) and (several := [p.name for p in runs_in(folder)]):
        raise RunError(f"{folder}: holds several runs; name one of {', '.join(several)} in it")
    for name in (CONFIG, EPISODES, CHECKPOINT):
        if not any((folder / (name + end)).exists() for end in ("", ".old", PACKED)):
            raise RunError(f"{folder}: is not a complete run: {name} is missing")
    path = folder / CONFIG
    if not path.read_bytes().endswith(b"\n...\n"):
        raise RunError(f"{path}: is cut short: its last line must be '...'")
    pinned = _pinned(folder)
    run = Run(folder, load(path, pinned=pinned))
    _, games = run.checkpoint()
    run.episodes(games)
    return Run(folder, load(path, overrides, pinned)) if overrides else run


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found
