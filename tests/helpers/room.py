"""A lit room with the hero inside: its screen, and the memory of a level that took it in."""

from __future__ import annotations

import numpy as np
from helpers.screens import monster, screen

from envs.knowledge.level import Level

ROOM = ("-------", "|.....|", "|.....|", "|.....|", "-------")
TOP, LEFT = 8, 30
HERO = (10, 32)


def room() -> np.ndarray:
    """(21, 79) glyphs."""
    glyphs = screen(*ROOM, y=TOP, x=LEFT)
    glyphs[HERO] = monster("valkyrie")
    return glyphs


def seen_room(glyphs: np.ndarray | None = None) -> Level:
    level = Level()
    level.observe(room() if glyphs is None else glyphs, HERO)
    return level
