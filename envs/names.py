"""Names that people choose from: macro-actions, features, rewards and the like."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


def check_names(what: str, names: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """The names, in the order given.

    Args:
        what: they name, as in "unknown macro-action".
        names: chosen.
        known: to choose from.

    Raises:
        ValueError: for an unknown name, with the nearest one; a repeated one; and for none at all.
    """
    known = tuple(known)
    for name in names:
        if name not in known:
            raise ValueError(unknown(what, name, known))
    if len(set(names)) < len(names):
        raise ValueError(f"a {what} is named twice in {', '.join(names)}")
    if not names:
        raise ValueError(f"at least one {what} must be named; there are {', '.join(known)}")
    return tuple(names)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Says that there is no such name, which one is the nearest, and which there are."""
    known = tuple(known)
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? There" if near else "there"
    return f"unknown {what} {name!r}; {hint} are {', '.join(known)}"
