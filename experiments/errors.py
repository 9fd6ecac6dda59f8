"""Mistakes that people make, told in one message: what was wrong, where, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """Printed as one message, without a traceback; the command exits with code 2."""


class ConfigError(UserError):
    """A config, or an override of one, that can't be used."""


class RunError(UserError):
    """A run folder that can't be read, written or gone on with."""


def nearest(name: object, valid: Iterable[str]) -> str:
    """Returns "did you mean 'x'?" with the nearest valid name, or all of them when none is near."""
    names = list(valid)
    near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"choose from {', '.join(names)}" if names else "none exists"
