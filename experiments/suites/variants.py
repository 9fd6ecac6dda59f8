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
GAMES = {"env.character": "characters", "env.task": "tasks"}  # likewise, if the suite gives them


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
    games = _games(suite)
    sweep = suite.sweep | entry.sweep | games
    varied = [key for key, values in sweep.items() if len(values) > 1]
    check_overrides(loaded.overrides, sweep)
    try:
        said = RESERVED | {key: GAMES[key] for key in games}
        _check_keys([*suite.sweep, *entry.sweep, *suite.set, *entry.set], said)
        _check_set(suite.set, suite.sweep)
        _check_set(entry.set, sweep)
        path = _find(entry.config, loaded.path.parent)
        made: dict[str, Variant] = {}  # by what is played and learned, whatever it is called
        for point in grid(sweep):
            name = "-".join(filter(None, (entry.name or path.stem, label(point, varied))))
            values = suite.set | entry.set | point
            overrides = (*as_overrides(values), *loaded.overrides, f"name={to_line(name)}")
            content = load(path, overrides).model_dump_json(exclude={"name"})
            if content in made:
                raise ConfigError(f"{name} is {made[content].name} once more; leave one out")
            made[content] = Variant(name, path, overrides, tuple(entry.seeds or suite.seeds))
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None
    return list(made.values())


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
    given = {key: list(getattr(suite, name)) for key, name in GAMES.items()}
    return {key: values for key, values in given.items() if values}


def check_overrides(overrides: Sequence[str], sweep: Mapping[str, Any] | None = None) -> None:
    """Check that no override sets what several runs differ in.

    Raises:
        ConfigError: names the override.
    """
    for override in overrides:
        key = override.partition("=")[0]
        if key == "seed":
            raise ConfigError(f"override {shown(override)}: say which seeds with --seeds")
        if swept := next((one for one in sweep or () if _within(one, key)), None):
            raise ConfigError(
                f"override {shown(override)}: the suite sweeps {shown_key(swept)}; change it there"
            )


def _within(key: str, section: str) -> bool:
    """Whether a dotted key is that of a section, or of something in it."""
    return f"{key}.".startswith(f"{section}.")


def _check_set(values: Mapping[str, Any], sweep: Mapping[str, Any]) -> None:
    """Check that nothing is set that the swept values would then replace."""
    for key in values:
        if swept := next((one for one in sweep if _within(key, one)), None):
            told = f"the suite sweeps {shown_key(swept)}; keep one of both"
            raise ConfigError(f"set: {shown_key(key)}: {told}")


def _check_keys(keys: Iterable[str], said: Mapping[str, str]) -> None:
    for key in keys:
        if key in said:
            raise ConfigError(f"{key}: is said by the key {said[key]!r} beside it")


def _find(name: str, folder: Path) -> Path:
    beside = folder / name
    return beside if is_file(beside) else find(name)
