"""Settings of agents: fields of a frozen dataclass, each stated once with its meaning and range.

The constructor, the YAML section, its JSON schema, `yendor list`, the checks and the header of a
checkpoint all read what stands there:

    @dataclass(frozen=True)
    class UCBSettings(Settings):
        c: float = setting(2.0, "width of the confidence bounds", low=0)
"""

from __future__ import annotations

import dataclasses
import math
import numbers
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from agents.checks import check_choice, check_range, shown

# Settings that list actions or features by index; a config lists them by name.
ActionIndices = Annotated[list[int], "actions"]
FeatureIndices = Annotated[list[int], "features"]

LARGE = 1e9  # for settings without a limit of their own: squares and sums stay far from overflow
REQUIRED: Any = dataclasses.MISSING  # the default of a setting that must be given
KINDS: dict[type, tuple[Any, str]] = {
    bool: (bool, "true or false"),
    int: (numbers.Integral, "a whole number"),
    float: (numbers.Real, "a number"),
}


@dataclass(frozen=True)
class Setting:
    """What is known of one setting.

    Attributes:
        name: the field's, and its key in YAML.
        annotation: the field's type.
        default: its value when it is not given, or `REQUIRED`.
        meaning: a phrase for people.
        low, high: the range of a number, or of each number in a list; infinite for no limit.
        open_below: whether `low` itself is excluded.
        fixed: whether it says what the numbers of a checkpoint stand for, so that an agent that
            starts from them must have the same.
    """

    name: str
    annotation: Any
    default: Any
    meaning: str
    low: float = -math.inf
    high: float = math.inf
    open_below: bool = False
    fixed: bool = False

    @property
    def options(self) -> tuple[Any, ...]:
        """The types that a value may have: those joined by ``|``, or the one there is."""
        joined = get_origin(self.annotation) in (types.UnionType, Union)
        return get_args(self.annotation) if joined else (self.annotation,)

    def check(self, value: Any) -> None:
        """Raise ValueError, which names the setting, unless a value has the type and range."""
        if value is None and type(None) in self.options:
            return
        kind, *others = (option for option in self.options if option is not type(None))
        if others:  # whoever takes several types looks at them itself
            return
        if get_origin(kind) is Literal:
            check_choice(self.name, value, get_args(kind))
        elif kind in KINDS:
            self._check_number(self.name, value, kind)
        elif get_origin(kind) in (tuple, list, Annotated):
            self._check_list(value, kind)

    def _check_list(self, value: Any, kind: Any) -> None:
        if not isinstance(value, (tuple, list)):
            raise ValueError(f"{self.name} must be a list, got {shown(value)}")
        inner = get_args(kind)[0]
        parts = get_args(inner if get_origin(kind) is Annotated else kind)
        if get_origin(kind) is tuple and ... not in parts and len(value) != len(parts):
            raise ValueError(f"{self.name} must be a list of {len(parts)}, got {shown(value)}")
        for index, number in enumerate(value if parts[0] in KINDS else ()):
            self._check_number(f"{self.name}[{index}]", number, parts[0])

    def _check_number(self, name: str, value: Any, kind: type) -> None:
        allowed, wanted = KINDS[kind]
        if not isinstance(value, allowed) or (kind is not bool and isinstance(value, bool)):
            raise ValueError(f"{name} must be {wanted}, got {shown(value)}")
        check_range(name, value, self.low, self.high, open_below=self.open_below)


@dataclass(frozen=True)
class Settings:
    """What an agent can be told besides its sizes; without fields, nothing.

    Raises:
        ValueError: for a value of the wrong type or out of range; it names the setting.
    """

    def __post_init__(self) -> None:
        for name, known in describe(type(self)).items():
            known.check(getattr(self, name))

    def to_json(self) -> dict[str, Any]:
        """Return the values by name, as a checkpoint's header holds them."""
        values = {name: getattr(self, name) for name in describe(type(self))}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


def setting(
    default: Any,
    meaning: str,
    *,
    low: float = -math.inf,
    high: float = math.inf,
    open_below: bool = False,
    fixed: bool = False,
) -> Any:
    """Return the field of a `Settings` dataclass; the arguments are those of `Setting`."""
    metadata = {
        "meaning": meaning, "low": low, "high": high, "open_below": open_below, "fixed": fixed,
    }  # fmt: skip
    return dataclasses.field(default=default, metadata=metadata)  # MISSING is none: REQUIRED


def describe(kind: type[Settings]) -> Mapping[str, Setting]:
    """Return what is known of each setting of a dataclass, by name, in order."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.name: Setting(field.name, hints[field.name], _default(field), **_known(field))
        for field in dataclasses.fields(kind)
    }


def _default(field: dataclasses.Field[Any]) -> Any:
    made = field.default_factory
    return field.default if made is dataclasses.MISSING else made()


def _known(field: dataclasses.Field[Any]) -> dict[str, Any]:
    return {"meaning": "", **field.metadata}
