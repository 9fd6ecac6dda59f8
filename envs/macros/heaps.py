"""Heaps: the map shows only what lies on top; a killed dwarf's pick-axe lies under its corpse, or
under whatever else fell with it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import BOULDER, OBJECT_NAMES
from envs.knowledge import paths
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import WHATEVER_IS_LEFT, Level
from envs.knowledge.paths import Square
from envs.knowledge.threats import threats
from envs.macros.base import command

REACH = 15  # steps to a heap that is worth a look
CALM = 5  # squares within which nobody may threaten
_MANY = ("Things that are here", "There are several objects", "There are many objects", "are here")
_ROCKS = nh.GLYPH_OBJ_OFF + OBJECT_NAMES.index("rock")
_BOULDER = nh.GLYPH_OBJ_OFF + BOULDER


def nearest_heap(
    known: Knowledge, without: Iterable[Square] = (), reach: int = REACH, calm: int = CALM
) -> Square | None:
    """Return the nearest square on which several things lie that were not looked through yet.

    Args:
        without: squares to leave alone.
        reach: steps to the farthest one that counts.
        calm: squares within which nobody may threaten.
    """
    level = known.level
    if not paths.any_of(level.piles):  # the most frequent case
        return None
    unknown = _unsearched(level)
    for square in without:
        unknown[square] = False
    if not unknown.any() or threats(known, calm):
        return None
    nearest = level.nearest(unknown)
    return nearest if nearest is not None and level.dist[nearest] <= reach else None


def look_through(known: Knowledge) -> Generator[int, None, bool]:
    """Look at what lies underfoot, which takes no time; return whether it is more than one thing.

    If it is not, the square counts as searched until something else comes to lie on top.
    """
    level, square = known.level, known.hero
    yield from command(known, ())
    known.begin_command()
    yield ord(":")
    screen = known.observation["tty_chars"].tobytes().decode("latin-1")
    yield from command(known, ())
    several = any(text in screen for text in _MANY)
    if not several:
        level.searched_heaps[square] = WHATEVER_IS_LEFT
    return several


def is_searched(level: Level, square: Square) -> bool:
    """Whether what lies on a square was looked through, and nothing else lies on top since then."""
    top = level.searched_heaps.get(square)
    return top is not None and top in (WHATEVER_IS_LEFT, level.objects[square])


def _unsearched(level: Level) -> np.ndarray:
    """(21, 79) bool; rocks lie on what is older than they, and nobody dies under them."""
    unknown: np.ndarray = level.piles & (level.objects != _ROCKS) & (level.objects != _BOULDER)
    for square in level.searched_heaps:
        if unknown[square] and is_searched(level, square):
            unknown[square] = False
    return unknown
