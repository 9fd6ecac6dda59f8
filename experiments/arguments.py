"""What Python code hands in, checked: a mistake names the argument and what it must be."""

from __future__ import annotations

import operator
import os
from pathlib import Path
from typing import Any

from agents.checks import shown
from experiments.errors import UserError


def whole_number(name: str, given: Any, least: int = 1) -> int:
    """Return a whole number, numpy's too, that is large enough; a truth value is no number.

    Raises:
        UserError: for anything else.
    """
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise wrong(name, "a whole number", given)
    try:
        number = operator.index(given)
    except TypeError:  # an array of several
        raise wrong(name, "a whole number", given) from None
    if number < least:
        raise wrong(name, f"at least {least}", number)
    return number


def path(name: str, given: Any) -> Path:
    """Return a path, of a path or of text.

    Raises:
        UserError: for anything else.
    """
    if not isinstance(given, str | os.PathLike):
        raise wrong(name, "a path or a name", given)
    return Path(given)


def text(name: str, given: Any) -> str:
    """Return a text as it is.

    Raises:
        UserError: for anything else.
    """
    if not isinstance(given, str):
        raise wrong(name, "a text", given)
    return given


def wrong(name: str, wanted: str, given: Any) -> UserError:
    """Return the mistake that an argument is not what it must be."""
    return UserError(f"{name} must be {wanted}, not {shown(given)}")
