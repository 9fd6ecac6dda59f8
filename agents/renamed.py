"""Keys of files that were written before a key was renamed."""

from __future__ import annotations

import copy
import functools
import sys
from collections.abc import Mapping
from typing import Any


def with_new_names(content: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Return nested keys and values in which the old keys have their new names.

    Args:
        content: stays as it is.
        renamed: old dotted key -> new one, in the same section.

    Raises:
        ValueError: when an old key and its new one are both given.
    """
    result = copy.deepcopy(dict(content))
    for old in old_names(content, renamed):
        section, new = _section(result, old), renamed[old]
        if _last(new) in section:
            raise ValueError(f"{old} is now called {new}, and both are given; remove {old}")
        section[_last(new)] = section.pop(_last(old))
    return result


def old_names(content: Mapping[str, Any], renamed: Mapping[str, str]) -> list[str]:
    """Return the old dotted keys that are given."""
    return [old for old in renamed if _last(old) in _section(content, old)]


def tell(where: object, names: list[str], renamed: Mapping[str, str]) -> None:
    """Says on stderr, once, which old keys a file has and what each is called now."""
    if names:
        news = ", ".join(f"{old} is now called {renamed[old]}" for old in names)
        _print_once(f"{where}: {news}; the old name is still read")


@functools.cache
def _print_once(note: str) -> None:
    print(note, file=sys.stderr)


def _section(content: Mapping[str, Any], dotted: str) -> Any:
    """Return the mapping that holds a dotted key; an empty one where there is none."""
    here: Any = content
    for part in dotted.split(".")[:-1]:
        here = here.get(part) if isinstance(here, dict) else None
    return here if isinstance(here, dict) else {}


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
