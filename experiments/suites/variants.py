"""What a suite asks for, one config after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.bounded import is_file
from agents.checks import shown
from experiments.config.models import find, load
from experiments.config.overrides import shown_key
from experiments.config.writing import to_line
from experiments.errors import ConfigError
from experiments.runs.names import folder_name
from experiments.suites.model import Entry, LoadedSuite, Suite
from experiments.suites.points import grid, label

RESERVED = {"seed": "seeds", "name": "name"}  # keys of a config that a suite has its own for


@dataclass(frozen=True)
class Variant:
    """A config of a suite, with what is changed in it.

    Attributes:
        name: unique in the suite; that of its folder.
        path: the config's file.
        overrides: on top of it, but for the seed.
        seeds: of its runs.
    """

    name: str
    path: Path
    overrides: tuple[str, ...]
    seeds: tuple[int, ...]


def variants(loaded: LoadedSuite) -> list[Variant]:
    """Return the configs of a suite, each checked, in order.

    Raises:
        ConfigError: names the suite's file, the entry, the key, the nearest valid name.
    """
    found: dict[str, Variant] = {}
    for number, entry in enumerate(loaded.suite.configs):
        where = f"{loaded.path}: configs[{number}]"
        for variant in _of_entry(loaded, entry, where):
            folder_name(variant.name, f"{where}: name")
            if variant.name in found:
                raise ConfigError(f"{where}: {shown(variant.name)} is there twice; give it a name")
            found[variant.name] = variant
    return list(found.values())


def _of_entry(loaded: LoadedSuite, entry: Entry, where: str) -> list[Variant]:
    suite = loaded.suite
    sweep = suite.sweep | entry.sweep | _games(suite)
    varied = [key for key, values in sweep.items() if len(values) > 1]
    check_overrides(loaded.overrides, sweep)
    try:
        _check_keys([*sweep, *suite.set, *entry.set])
        path = _find(entry.config, loaded.path.parent)
        made = []
        for point in grid(sweep):
            name = "-".join(filter(None, (entry.name or path.stem, label(point, varied))))
            values = suite.set | entry.set | point
            overrides = (*as_overrides(values), *loaded.overrides, f"name={to_line(name)}")
            load(path, overrides)
            made.append(Variant(name, path, overrides, tuple(entry.seeds or suite.seeds)))
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None
    return made


def as_overrides(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return values by dotted key as the command line has them.

    Raises:
        ConfigError: names the key of a value that no config can have.
    """
    return tuple(_as_override(key, value) for key, value in values.items())


def _as_override(key: str, value: Any) -> str:
    try:
        return f"{key}={to_line(value)}"
    except TypeError as error:
        plain = "give a number, a text, true or false, null, a list, or keys and values"
        raise ConfigError(f"{shown_key(str(key))}: {error}; {plain}") from None


def _games(suite: Suite) -> dict[str, list[Any]]:
    """Characters and tasks are swept like other keys."""
    games = {"env.character": list(suite.characters), "env.task": list(suite.tasks)}
    return {key: values for key, values in games.items() if values}


def check_overrides(overrides: Sequence[str], sweep: Mapping[str, Any] | None = None) -> None:
    """Check that no override sets what several runs differ in.

    Raises:
        ConfigError: names the override.
    """
    for override in overrides:
        key = override.partition("=")[0]
        if key == "seed":
            raise ConfigError(f"override {shown(override)}: say which seeds with --seeds")
        if key in (sweep or ()):
            raise ConfigError(
                f"override {shown(override)}: the suite sweeps {shown_key(key)}; change it there"
            )


def _check_keys(keys: Iterable[str]) -> None:
    for key in keys:
        if key in RESERVED:
            raise ConfigError(f"{key}: is said by the key {RESERVED[key]!r} beside it")


def _find(name: str, folder: Path) -> Path:
    beside = folder / name
    return beside if is_file(beside) else find(name)
