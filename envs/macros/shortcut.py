"""Shortcut: the way down that is nearer than a hole is dug."""

from __future__ import annotations

import numpy as np

from envs.data.glyphs import Terrain
from envs.knowledge.digging import can_dig
from envs.knowledge.hunt import LAST
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import UNREACHABLE, Square
from envs.knowledge.threats import threats
from envs.macros.base import Keys
from envs.macros.stairs import Descend
from envs.nethack.dungeons import DOOM

NEAR = 12  # steps; a hole takes some twenty turns
CALM = 8  # squares within which nobody may threaten, if it is more than a step or two
CROWD, RUN = 8, 4  # so many foes in view, as in a Big Room, are run from if it is so few steps
_DESCEND = Descend()


class Shortcut:
    """With a digging tool, take stairs or a trap door down that are nearer than a hole is dug."""

    name = "shortcut"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        """Whether a hero with a digging tool, below the levels that the Mines branch off from, has
        a way down near, and a way to it that is calm or a crowd to run from.
        """
        stats = known.stats
        diving = stats.dungeon == DOOM and stats.depth > LAST and can_dig(known)
        steps = _steps_down(known.level) if diving else NEAR
        if steps >= NEAR or not _DESCEND.available(known):
            return False
        crowded = steps <= RUN and len(threats(known)) >= CROWD
        return crowded or not threats(known, CALM if steps > 1 else 1)

    def play(self, known: Knowledge) -> Keys:
        """Take the nearest way down, as `descend` does."""
        yield from _DESCEND.play(known)


def _steps_down(level: Level) -> int:
    """Return steps to the nearest way down; traps count as walls, so a step beside them is
    enough.
    """
    down = level.where(Terrain.STAIRS_DOWN) + level.where(Terrain.HOLE)
    return min((_steps_beside(level, square) for square in down), default=NEAR)


def _steps_beside(level: Level, square: Square) -> int:
    """Return steps to the nearest square beside this one, or onto it."""
    y, x = square
    around = level.dist[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
    return int(np.where(around == UNREACHABLE, NEAR, around).min())
