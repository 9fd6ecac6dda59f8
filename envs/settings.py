"""What settings of environments are made of.

The settings of a game are a frozen dataclass: `envs.nethack.settings`, `envs.stub.settings`. A
field there is a key in YAML, with its line of documentation in the JSON schema, an argument of the
environment, and a part of a replay's header, which is read as strictly as a config: there is no
second place to write it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from envs.names import nearest, shown

MAX_TURNS, MAX_KEYSTROKES = 5_000, 100_000  # of a game, unless a config or an argument says else
RAW_KEYSTROKES = 1_000_000  # of a game that is played key by key, without macro-actions
ABOUT = "about"  # where a field's metadata has its `About`
WORDS = {int: "a whole number", float: "a finite number", bool: "true or false", str: "text"}

Settings = TypeVar("Settings")


@dataclass(frozen=True)
class About:
    """What is said of a setting, and which values it may have.

    Attributes:
        doc: one line of documentation.
        above, least, most: bounds of a number: above < value, least <= value <= most.
        what: what `names` name, as in "unknown macro-action".
        names: the valid ones, for a name, each of a list, or each key of a mapping; None: any.
        check: raises ValueError for a value that can't be used for another reason.
    """

    doc: str
    above: float | None = None
    least: float | None = None
    most: float | None = None
    what: str = ""
    names: Collection[str] | None = None
    check: Callable[[Any], object] | None = None


def setting(default: Any, doc: str, **limits: Any) -> Any:
    """Return a field of a dataclass of settings.

    Args:
        default: its value; a function is called for it.
        doc: one line of documentation.
        **limits: see `About`.
    """
    metadata = {ABOUT: About(doc, **limits)}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


def about(one: Field[Any]) -> About:
    """Return what is said of a field that `setting` made."""
    return one.metadata[ABOUT]


def names_of(model: type) -> list[str]:
    """Return the names of a model's settings."""
    return [one.name for one in fields(model)]


def values_of(settings: Any) -> dict[str, Any]:
    """Return the settings by name."""
    return {name: getattr(settings, name) for name in names_of(type(settings))}


def make_settings(model: type[Settings], values: Mapping[str, Any]) -> Settings:
    """Return checked settings; those that are not given have their defaults.

    Lists and tuples stand for each other, since JSON and YAML have lists only.

    Raises:
        ValueError: names the setting that there is not, or what is wrong with a value.
    """
    kinds = get_type_hints(model)
    for name in values:
        if name not in kinds:
            raise ValueError(f"unknown setting {shown(name)}; {nearest(name, kinds)}")
    checked = {name: _as_sequence(value, kinds[name]) for name, value in values.items()}
    by_name = {one.name: one for one in fields(model)}  # type: ignore[arg-type]
    for name, value in checked.items():
        _check(name, value, kinds[name], about(by_name[name]))
    return model(**checked)


def default_of(one: Field[Any]) -> Any:
    """Return a field's default value."""
    return one.default if one.default_factory is MISSING else one.default_factory()


def _as_sequence(value: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    return origin(value) if origin in (list, tuple) and isinstance(value, list | tuple) else value


def _check(name: str, value: Any, kind: Any, said: About) -> None:
    if not _fits(value, kind):
        raise ValueError(f"{name} must be {_in_words(kind)}, not {shown(value)}")
    if value is None:
        return
    for text in [value] if isinstance(value, str) else value if said.names else ():
        if said.names is not None and text not in said.names:
            raise ValueError(f"unknown {said.what} {shown(text)}; {nearest(text, said.names)}")
    if said.above is not None and not value > said.above:
        raise ValueError(f"{name} must be greater than {said.above}, not {shown(value)}")
    if said.least is not None and not value >= said.least:
        raise ValueError(f"{name} must be at least {said.least}, not {shown(value)}")
    if said.most is not None and not value <= said.most:
        raise ValueError(f"{name} must be at most {said.most}, not {shown(value)}")
    if said.check is not None:
        said.check(value)


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a type; a truth value is not a number here."""
    parts, origin = get_args(kind), get_origin(kind)
    if origin is UnionType:
        return any(_fits(value, part) for part in parts)
    if origin is dict:
        return isinstance(value, dict) and all(
            _fits(k, parts[0]) and _fits(v, parts[1]) for k, v in value.items()
        )
    if origin in (list, tuple):
        return isinstance(value, origin) and all(_fits(part, parts[0]) for part in value)
    if kind is float:
        return _fits(value, int) or (isinstance(value, float) and math.isfinite(value))
    return isinstance(value, kind) and (kind is not int or not isinstance(value, bool))


def _in_words(kind: Any) -> str:
    if get_origin(kind) is UnionType:
        return " or ".join(_in_words(part) for part in get_args(kind))
    if get_origin(kind) in (list, tuple):
        return "a list"
    return WORDS.get(kind, "None" if kind is type(None) else "names with numbers")
