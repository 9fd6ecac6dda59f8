"""YAML written so that any reader, of YAML 1.1 or 1.2, reads the same again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import yaml

from experiments.config.scalars import is_plain_text

BREAKS = "\x85\u2028\u2029\ufeff"


class _Dumper(yaml.SafeDumper):
    """Quotes texts that YAML 1.2 would take for numbers too; PyYAML thinks of YAML 1.1 only."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value anew wherever it stands."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if is_plain_text(text) else "'"
    if any(char in BREAKS for char in text):  # PyYAML would fold them like line breaks
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


class _LineDumper(_Dumper):
    """Writes line breaks as escapes, so that keys and values stay in one line."""


def _text_in_line(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text or "\r" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    return _text(dumper, text)


_LineDumper.add_representer(str, _text_in_line)


def to_yaml(content: Any) -> str:
    """Return keys and values as a file's text, in their own order."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True)


def to_line(value: Any) -> str:
    """Return a value in one line, as an override has it: ``[0.1, on]`` as ``[0.1, 'on']``.

    Numbers, texts and arrays of numpy are written like Python's own.

    Raises:
        TypeError: for a value that YAML has nothing for; names its type.
    """
    try:
        text = yaml.dump(
            [_without_numpy(value)], Dumper=_LineDumper, default_flow_style=True, sort_keys=False,
            width=float("inf"),
        )  # fmt: skip
    except yaml.representer.RepresenterError as error:
        raise TypeError(f"a value of type {type(error.args[1]).__name__} can't be used") from None
    return text.strip()[1:-1]


def _without_numpy(value: Any) -> Any:
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return {_without_numpy(key): _without_numpy(inner) for key, inner in value.items()}
    return [*map(_without_numpy, value)] if isinstance(value, list | tuple) else value
