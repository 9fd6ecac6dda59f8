"""What each of NetHack's 5,976 glyphs shows, as lookup tables indexed by glyph.

Source: NetHack 3.6.7, display.h (glyph ranges), rm.h and drawing.c (``defsyms``: the map symbols).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from nle import nethack as nh


class Terrain(IntEnum):
    """What a map square is made of, under whatever stands or lies on it."""

    UNKNOWN = 0
    WALL = 1
    FLOOR = 2
    DOORWAY = 3  # no door or a broken one: unlike a real door, it may be crossed diagonally
    OPEN_DOOR = 4
    CLOSED_DOOR = 5
    CORRIDOR = 6
    STAIRS_UP = 7
    STAIRS_DOWN = 8
    FURNITURE = 9  # altar, throne, sink, fountain, grave
    TRAP = 10
    HOLE = 11  # a trap that leads to another level: hole, trap door or level teleporter
    WATER = 12
    LAVA = 13
    OBSTACLE = 14  # iron bars, tree, raised drawbridge
    DEADLY_TRAP = 15  # land mine, rolling boulder, sleeping gas, fire, polymorph, magic; or
    # teleportation, which undoes the way that it was stepped on for


class Thing(IntEnum):
    """What stands or lies on a map square."""

    NOTHING = 0
    MONSTER = 1
    PET = 2
    OBJECT = 3
    BOULDER = 4
    UNSEEN = 5  # an ``I`` or a warning number: something is, or was, here


NO_TERRAIN = 255  # in TERRAIN: this glyph hides the terrain under it
PASSABLE = np.zeros(256, np.bool_)
PASSABLE[
    [
        Terrain.FLOOR, Terrain.DOORWAY, Terrain.OPEN_DOOR, Terrain.CORRIDOR, Terrain.STAIRS_UP,
        Terrain.STAIRS_DOWN, Terrain.FURNITURE,
    ]
] = True  # fmt: skip

_CMAP = {
    Terrain.WALL: range(1, 12),
    Terrain.DOORWAY: (12,),
    Terrain.OPEN_DOOR: (13, 14),
    Terrain.CLOSED_DOOR: (15, 16),
    Terrain.OBSTACLE: (17, 18, 37, 38),
    Terrain.FLOOR: (19, 20, 33, 35, 36),
    Terrain.CORRIDOR: (21, 22),
    Terrain.STAIRS_UP: (23, 25),
    Terrain.STAIRS_DOWN: (24, 26),
    Terrain.FURNITURE: range(27, 32),
    Terrain.WATER: (32, 41),
    Terrain.LAVA: (34,),
    Terrain.TRAP: range(42, 65),
    Terrain.HOLE: (54, 55, 57),
    Terrain.DEADLY_TRAP: (47, 48, 49, 51, 56, 61, 63),
}
STONE = nh.GLYPH_CMAP_OFF  # blank: never seen, or solid rock

CORPSE, STATUE, BOULDER, GOLD = 240, 448, 447, 410  # object types (objects.c)


def _terrain_table() -> np.ndarray:
    table = np.full(nh.MAX_GLYPH + 1, NO_TERRAIN, np.uint8)
    table[STONE] = Terrain.UNKNOWN
    for terrain, symbols in _CMAP.items():
        table[[STONE + symbol for symbol in symbols]] = terrain
    return table


def _thing_table() -> np.ndarray:
    table = np.zeros(nh.MAX_GLYPH + 1, np.uint8)
    table[nh.GLYPH_MON_OFF : nh.GLYPH_PET_OFF] = Thing.MONSTER
    table[nh.GLYPH_PET_OFF : nh.GLYPH_INVIS_OFF] = Thing.PET
    table[nh.GLYPH_INVIS_OFF] = Thing.UNSEEN
    table[nh.GLYPH_DETECT_OFF : nh.GLYPH_BODY_OFF] = Thing.MONSTER
    table[nh.GLYPH_BODY_OFF : nh.GLYPH_RIDDEN_OFF] = Thing.OBJECT
    table[nh.GLYPH_RIDDEN_OFF : nh.GLYPH_OBJ_OFF] = Thing.MONSTER
    table[nh.GLYPH_OBJ_OFF : nh.GLYPH_CMAP_OFF] = Thing.OBJECT
    table[nh.GLYPH_OBJ_OFF + BOULDER] = Thing.BOULDER
    table[nh.GLYPH_WARNING_OFF : nh.GLYPH_STATUE_OFF] = Thing.UNSEEN
    table[nh.GLYPH_STATUE_OFF : nh.MAX_GLYPH] = Thing.OBJECT
    return table


def _species_table() -> np.ndarray:
    table = np.full(nh.MAX_GLYPH + 1, -1, np.int16)
    species = np.arange(nh.NUMMONS, dtype=np.int16)
    for first in (nh.GLYPH_MON_OFF, nh.GLYPH_PET_OFF, nh.GLYPH_DETECT_OFF, nh.GLYPH_RIDDEN_OFF,
                  nh.GLYPH_BODY_OFF, nh.GLYPH_STATUE_OFF):  # fmt: skip
        table[first : first + nh.NUMMONS] = species
    return table


def _object_type_table() -> np.ndarray:
    table = np.full(nh.MAX_GLYPH + 1, -1, np.int16)
    table[nh.GLYPH_OBJ_OFF : nh.GLYPH_OBJ_OFF + nh.NUM_OBJECTS] = np.arange(nh.NUM_OBJECTS)
    table[nh.GLYPH_BODY_OFF : nh.GLYPH_RIDDEN_OFF] = CORPSE
    table[nh.GLYPH_STATUE_OFF : nh.MAX_GLYPH] = STATUE
    return table


TERRAIN = _terrain_table()  # (5977,) uint8: Terrain, or NO_TERRAIN
THING = _thing_table()  # (5977,) uint8: Thing
SPECIES = _species_table()  # (5977,) int16: index into permonst of a monster, corpse or statue
OBJECT_TYPE = _object_type_table()  # (5977,) int16: index into objclass, -1 if no object

SPECIES_NAMES = tuple(nh.permonst(i).mname for i in range(nh.NUMMONS))
OBJECT_NAMES = tuple(
    (nh.OBJ_NAME(nh.objclass(i)) or "").strip() for i in range(nh.NUM_OBJECTS)
)  # identified names: what an unidentified object looks like does not tell its name
OBJECT_CLASSES = tuple(ord(nh.objclass(i).oc_class) for i in range(nh.NUM_OBJECTS))


def species_named(*names: str) -> frozenset[int]:
    """Return indices into permonst of the named monsters; KeyError for a name NetHack does not
    have.
    """
    index = {name: i for i, name in reversed(list(enumerate(SPECIES_NAMES)))}
    return frozenset(index[name] for name in names)
