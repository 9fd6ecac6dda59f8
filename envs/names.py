"""Names that people choose from: macro-actions, features, rewards and the like."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Collection, Iterable, Sequence

LONGEST = 100  # characters of a name that are compared with others

_short = reprlib.Repr()
_short.maxstring = _short.maxother = 120
_short.maxlong, _short.maxlevel = 40, 3


def shown(value: object) -> str:
    """Return a value for a message: its `repr`, shortened in the middle where it is long."""
    return _short.repr(value)


def check_names(what: str, names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the names, in the order given.

    Args:
        what: they name, as in "unknown macro-action".
        names: chosen.
        known: to choose from.

    Raises:
        ValueError: for an unknown name, with the nearest one; a repeated one; and for none at all.
    """
    for name in names:
        check_name(what, name, known)
    if len(set(names)) < len(names):
        raise ValueError(f"a {what} is named twice in {shown(list(names))}")
    if not names:
        raise ValueError(f"at least one {what} must be named; there are {', '.join(known)}")
    return tuple(names)


def check_name(what: str, name: str, known: Collection[str]) -> None:
    """Raise a ValueError that suggests the nearest name, if there is none such."""
    if name not in known:
        raise ValueError(f"unknown {what} {shown(name)}; {nearest(name, known)}")


def nearest(name: object, valid: Iterable[str]) -> str:
    """Return "did you mean 'x'?" with the nearest valid name, or all of them when none is near."""
    names = list(valid)
    near = difflib.get_close_matches(str(name)[:LONGEST], names, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"choose from {', '.join(names)}" if names else "none exists"
