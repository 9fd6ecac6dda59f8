"""Screens made by hand: (21, 79) glyphs from letters, and what NetHack calls them."""

from __future__ import annotations

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import Terrain

SYMBOL = {  # NetHack's cmap indices (rm.h)
    " ": 0, "|": 1, "-": 2, "_": 12, "O": 13, "+": 15, "#": 21, ".": 19, "<": 23, ">": 24,
    "}": 32, "^": 42, "T": 18, "{": 31,
}  # fmt: skip
LETTER = {
    Terrain.UNKNOWN: " ", Terrain.WALL: "|", Terrain.FLOOR: ".", Terrain.DOORWAY: "_",
    Terrain.OPEN_DOOR: "O", Terrain.CLOSED_DOOR: "+", Terrain.CORRIDOR: "#",
    Terrain.STAIRS_UP: "<", Terrain.STAIRS_DOWN: ">", Terrain.TRAP: "^", Terrain.WATER: "}",
    Terrain.OBSTACLE: "T", Terrain.FURNITURE: "{",
}  # fmt: skip


def monster(name: str) -> int:
    return nh.GLYPH_MON_OFF + _first(nh.NUMMONS, lambda i: nh.permonst(i).mname == name)


def pet(name: str) -> int:
    return monster(name) - nh.GLYPH_MON_OFF + nh.GLYPH_PET_OFF


def corpse(name: str) -> int:
    return monster(name) - nh.GLYPH_MON_OFF + nh.GLYPH_BODY_OFF


def thing(name: str) -> int:
    return nh.GLYPH_OBJ_OFF + _first(nh.NUM_OBJECTS, lambda i: nh.OBJ_NAME(nh.objclass(i)) == name)


def cmap(letter: str) -> int:
    return nh.GLYPH_CMAP_OFF + SYMBOL[letter]


def screen(*rows: str, y: int = 0, x: int = 0) -> np.ndarray:
    """(21, 79) int16 with the rows of letters from (y, x) on; the rest is blank."""
    glyphs = np.full((21, 79), nh.GLYPH_CMAP_OFF, np.int16)
    for dy, row in enumerate(rows):
        for dx, letter in enumerate(row):
            glyphs[y + dy, x + dx] = cmap(letter)
    return glyphs


def _first(count: int, fits) -> int:
    return next(i for i in range(count) if fits(i))
