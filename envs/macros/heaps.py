"""Heaps: the map shows only what lies on top; a killed dwarf's pick-axe lies under its corpse."""

from __future__ import annotations

from collections.abc import Generator, Iterable

import numpy as np
from nle import nethack as nh

from envs.data import glyphs
from envs.data.glyphs import CORPSE, species_named
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level, Square
from envs.knowledge.threats import threats
from envs.macros.base import command

REACH = 15  # steps to a heap that is worth a look
CALM = 5  # squares within which nobody may threaten
# Who carries arms, armour or tools (makemon.c, m_initweap).
_CARRIERS = species_named(
    "dwarf", "dwarf lord", "dwarf king", "gnome", "gnome lord", "gnome king", "hobbit", "hill orc",
    "Mordor orc", "Uruk-hai",
)  # fmt: skip
_OVER_OTHERS = (nh.WEAPON_CLASS, nh.ARMOR_CLASS, nh.TOOL_CLASS)
_MANY = ("Things that are here", "There are several objects", "There are many objects", "are here")


def _heap_table() -> np.ndarray:
    kinds = np.array(glyphs.OBJECT_CLASSES)[glyphs.OBJECT_TYPE.clip(0)]
    thing = (glyphs.OBJECT_TYPE >= 0) & (glyphs.SPECIES < 0)
    corpse = (glyphs.OBJECT_TYPE == CORPSE) & np.isin(glyphs.SPECIES, list(_CARRIERS))
    table: np.ndarray = corpse | (thing & np.isin(kinds, _OVER_OTHERS))
    return table


_MAY_COVER = _heap_table()  # (5977,) bool by glyph: may lie on something of use


def nearest_heap(known: Knowledge, without: Iterable[Square] = ()) -> Square | None:
    """Return the nearest square where something of use may lie under what is seen, not looked at
    yet.
    """
    level = known.level
    unknown = _unsearched(level)
    for square in without:
        unknown[square] = False
    if not unknown.any() or threats(known, CALM):
        return None
    nearest = level.nearest(unknown)
    return nearest if nearest is not None and level.dist[nearest] <= REACH else None


def look_through(known: Knowledge) -> Generator[int, None, bool]:
    """Look at what lies underfoot, which takes no time; return whether it is more than one thing.

    The square counts as searched until something else comes to lie on top.
    """
    level, square = known.level, known.hero
    level.searched_heaps[square] = int(level.objects[square])
    yield from command(known, ())
    known.begin_command()
    yield ord(":")
    screen = known.observation["tty_chars"].tobytes().decode("latin-1")
    yield from command(known, ())
    return any(text in screen for text in _MANY)


def _unsearched(level: Level) -> np.ndarray:
    unknown: np.ndarray = _MAY_COVER.take(level.objects) & (level.objects >= 0)
    for square, top in level.searched_heaps.items():
        if level.objects[square] == top:
            unknown[square] = False
    return unknown
