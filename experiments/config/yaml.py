"""YAML as people write it, and as strangers forge it: read within bounds.

PyYAML finds the structure; what it means is said here. Texts, keys and numbers are those of YAML
1.2 (`experiments/config/scalars.py`), a key given twice is an error, and size, depth and number of
nodes are looked at before anything is built of them.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from agents.bounded import read_bounded
from agents.checks import shown
from experiments.config.scalars import plain_scalar
from experiments.errors import ConfigError

MOST_TEXT = 250_000  # characters: a hundred times a config's, or 140 drawings of levels
MOST_NODES = 10_000  # keys and values, each as often as aliases repeat it
DEEPEST = 32  # lists and mappings within each other


class YAMLProblem(ValueError):
    """Text that is not YAML, or beyond what is read of it; says in which line."""


def parse_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML mapping.

    Raises:
        ConfigError: for a file that can't be read, is empty, or is no mapping.
    """
    try:
        text = read_bounded(path, 4 * MOST_TEXT).decode("utf-8")
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise ConfigError(f"{path}: can't be read: {told}") from None
    try:
        value = parse_value(text)
    except YAMLProblem as error:
        raise ConfigError(f"{path}: is not YAML that can be read: {error}") from None
    if value is None:
        raise ConfigError(f"{path}: is empty; a config needs at least agent: {{name: …}}")
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else shown(value)
        raise ConfigError(f"{path}: must be keys and values such as 'seed: 0', not {kind}")
    return value


def parse_value(text: str) -> Any:
    """Read YAML: a value, or a whole file.

    Returns:
        None, texts, numbers, truth values, and lists and mappings of them; keys are texts.

    Raises:
        YAMLProblem: for text that is not YAML, or is beyond the bounds.
    """
    if len(text) > MOST_TEXT:
        raise YAMLProblem(f"it has {len(text):,} characters; at most {MOST_TEXT:,} are read")
    try:
        return _Reader(text).read()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YAMLProblem(f"character {error.character:#x} is no text, line {line}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YAMLProblem(f"{_short(error.problem or error.context)}, line {line}") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # such as chr() of an escape
        raise YAMLProblem(_short(error)) from None


class _Reader:
    """Makes values of PyYAML's events, which it asks for one at a time."""

    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=yaml.SafeLoader)
        self._anchors: dict[str, tuple[Any, int]] = {}  # what they name, and of how many nodes
        self._nodes = 0

    def read(self) -> Any:
        """Return the only document's value, or None of none."""
        self._next()  # the beginning of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._value(self._next(), depth=0)
        self._next()  # the end of the document
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            raise _problem(event, "there is a second document; keep one")
        return value

    def _next(self) -> Any:
        return next(self._events)

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event)
        before = self._nodes
        self._count(event, 1)
        if depth > DEEPEST:
            raise _problem(event, f"it is nested more than {DEEPEST} levels deep")
        if event.tag is not None:
            raise _problem(event, f"tags such as {shown(event.tag)} are not read; leave it out")
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._list(depth)
        else:
            value = self._mapping(depth)
        if event.anchor:
            self._anchors[event.anchor] = value, self._nodes - before
        return value

    def _repeated(self, event: Any) -> Any:
        """Return what an alias stands for; none stands for something that it is part of."""
        if event.anchor not in self._anchors:
            raise _problem(event, f"there is no anchor {shown(event.anchor)} before its alias")
        value, size = self._anchors[event.anchor]
        self._count(event, size)
        return copy.deepcopy(value)

    def _scalar(self, event: Any) -> Any:
        if not event.implicit[0]:  # it has quotes, or is a block
            return event.value
        try:
            return plain_scalar(event.value)
        except ValueError as error:
            raise _problem(event, str(error)) from None

    def _list(self, depth: int) -> list[Any]:
        values = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            values.append(self._value(event, depth + 1))
        return values

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _problem(event, "a key must be text")
            self._value(event, depth)  # counted, and looked at like any other
            if event.value in values:
                raise _problem(event, f"key {shown(event.value)} is given twice")
            values[event.value] = self._value(self._next(), depth + 1)
        return values

    def _count(self, event: Any, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise _problem(event, f"it has more than {MOST_NODES:,} keys and values")


def _problem(event: Any, told: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=told, problem_mark=event.start_mark)


def _short(told: object) -> str:
    text = str(told)
    return text if len(text) <= 200 else f"{text[:200]}…"
