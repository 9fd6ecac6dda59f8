"""What is searched: ranges and choices as the command line has them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.bounded import parse_json
from envs.names import nearest, shown
from experiments.config.yaml import YAMLProblem, parse_value
from experiments.errors import ConfigError

KINDS = {
    "uniform": "uniform(0.9, 1)",
    "log": "log(1e-4, 1e-2)",
    "int": "int(1, 8)",
    "choice": "choice(numpy, torch)",
}
NEVER = {  # keys that no search is for
    "seed": "a seed is luck, not a setting; train the best with several: yendor train … --seeds 5",
    "name": "each trial has a name of its own",
}
CALL = re.compile(r"\s*(?P<kind>[a-z]+)\((?P<inside>.*)\)\s*", re.S)


@dataclass(frozen=True)
class Dimension:
    """The values that a key may have.

    Attributes:
        kind: ``uniform`` or ``log`` (numbers between two, or their logarithms, alike likely),
            ``int`` (both ends count) or ``choice``.
        values: the two ends, or all choices.
    """

    kind: str
    values: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        """Whether a value is one of them."""
        if self.kind == "choice":
            return value in self.values
        kinds = int if self.kind == "int" else int | float
        number = isinstance(value, kinds) and not isinstance(value, bool)
        return number and self.values[0] <= value <= self.values[1]

    def written(self, value: Any) -> Any:
        """Return a value as a study's file has it: choices as JSON, since they may be lists."""
        return json.dumps(value) if self.kind == "choice" else value

    def read(self, written: Any) -> Any:
        """Return the value that was written so."""
        return parse_json(written) if self.kind == "choice" else written

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(map(str, self.values))})"


Space = Mapping[str, Dimension]  # by dotted key


def parse_space(settings: Sequence[str]) -> tuple[dict[str, Dimension], tuple[str, ...]]:
    """Sorts ``key=value`` into what is searched and what is fixed.

    Returns:
        The space, and the overrides that are no part of it.

    Raises:
        ConfigError: names the setting; also when nothing is left to search.
    """
    space: dict[str, Dimension] = {}
    fixed: list[str] = []
    for setting in settings:
        key, _, text = setting.partition("=")
        if call := CALL.fullmatch(text):
            if key in NEVER:
                raise ConfigError(f"setting {shown(setting)}: {NEVER[key]}")
            space[key] = _dimension(setting, call["kind"], call["inside"])
        else:
            fixed.append(setting)
    if not space:
        examples = ", ".join(KINDS.values())
        raise ConfigError(f"nothing to search: give a key a range, as in key={examples}")
    return space, tuple(fixed)


def _dimension(setting: str, kind: str, inside: str) -> Dimension:
    where = f"setting {shown(setting)}"
    if kind not in KINDS:
        raise ConfigError(f"{where}: unknown range {kind!r}; {nearest(kind, KINDS)}")
    try:
        values = parse_value(f"[{inside}]")
    except YAMLProblem:
        values = None
    if not values:
        raise ConfigError(f"{where}: write it as in {KINDS[kind]}")
    if kind != "choice":
        _check_ends(where, kind, values)
    return Dimension(kind, tuple(values))


def _check_ends(where: str, kind: str, ends: list[Any]) -> None:
    types = (int,) if kind == "int" else (int, float)
    if len(ends) != 2 or any(type(end) not in types for end in ends) or ends[0] >= ends[1]:
        raise ConfigError(f"{where}: needs two ends, the lower one first, as in {KINDS[kind]}")
    if kind == "log" and ends[0] <= 0:
        raise ConfigError(f"{where}: its ends must be above 0")
