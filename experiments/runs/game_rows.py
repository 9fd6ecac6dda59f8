"""What the row of a game must hold: a run folder may come from anybody."""

from __future__ import annotations

import reprlib
from typing import get_args

from envs import outcome
from experiments.files import Row

# Columns that every reader needs; what else is there must be of its kind.
NEEDED = ("seed", "points", "progression", "max_depth", "turns", "keystrokes", "reward")
KINDS: dict[str, tuple[type, ...]] = {
    "seed": (int,), "game": (int,), "trained": (int,), "decisions": (int,),
    "reward": (int, float), "return": (int, float), "seconds": (int, float),
    "terminated": (bool,), "truncated": (bool,), "macros": (dict,),
    **{name: (int, float) if kind is float else get_args(kind) or (kind,)
       for name, kind in outcome.KINDS.items()},
}  # fmt: skip
LARGEST = 2**63  # above every seed, and every count of a game
HIGHEST = 1e30  # above every reward: weights of up to 1e9, of counts of up to 64 bits
LONGEST_TEXT = 1_000  # characters of a cause of death


def misfit(row: Row) -> str:
    """Name what a game's row lacks, or has of the wrong kind; "" if it is sound."""
    for name in NEEDED:
        if name not in row:
            return f"{name} is missing"
    for name, kinds in KINDS.items():
        if name in row and not _is(row[name], kinds):
            return f"{name} is {reprlib.repr(row[name])}"
    counts = row.get("macros", {}).values()
    return "" if all(_is(count, (int,)) for count in counts) else "macros are not counts"


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in kinds
    if isinstance(value, int | float) and not in_bounds(value, HIGHEST):
        return False
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return False
    return isinstance(value, kinds)


def in_bounds(value: float, highest: float) -> bool:
    """Whether a whole number is one that 64 bits hold, or another one is so high at most."""
    return abs(value) <= (LARGEST if isinstance(value, int) else highest)
