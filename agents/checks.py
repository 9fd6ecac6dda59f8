"""Checks of values, with errors that say what is valid."""

from __future__ import annotations

import difflib
import math
import reprlib
from collections.abc import Iterable

LONGEST_TEXT, MOST_DIGITS, DEEPEST = 120, 40, 3  # of a value in a message
COMPARED = 100  # characters of a wrong name that are compared with the valid ones: more take long

_short = reprlib.Repr()
_short.maxstring = _short.maxother = LONGEST_TEXT
_short.maxlong, _short.maxlevel = MOST_DIGITS, DEEPEST


def shown(value: object) -> str:
    """Return a value for a message: its `repr`, shortened in the middle where it is long."""
    return _short.repr(value)


def check_range(
    name: str,
    value: float,
    low: float = -math.inf,
    high: float = math.inf,
    *,
    open_below: bool = False,
) -> None:
    """Raise ValueError unless `value` is finite and low <= value <= high (low < value if open)."""
    if math.isfinite(value) and low <= value <= high and not (open_below and value == low):
        return
    if math.isinf(low):
        wanted = "a finite number"
    elif math.isinf(high):
        wanted = f"{'above' if open_below else 'at least'} {low} and finite"
    else:
        wanted = f"{'above' if open_below else 'from'} {low} up to {high}"
    raise ValueError(f"{name} must be {wanted}, got {shown(value)}")


def check_choice(what: str, given: object, valid: Iterable[str]) -> None:
    """Raise ValueError, which names the nearest valid choice, unless `given` is one of them."""
    names = list(valid)
    if given in names:
        return
    near = difflib.get_close_matches(str(given)[:COMPARED], names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise ValueError(f"unknown {what} {shown(given)}: {hint}Valid: {', '.join(names) or 'none'}")
