"""Lines of fire: which monsters can be hit from a distance, and who else would be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from envs.data import glyphs, monsters
from envs.data.glyphs import Terrain
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import Square, on_the_map
from envs.knowledge.peace import Monster
from envs.knowledge.threats import distance
from envs.macros.base import DIRECTIONS, Keys, command

BLAST = 2  # squares from which a gas spore may be burst
LATELY = 10  # turns since a pet was in view, which follows the hero and may be close by
FAR = 9  # squares from which on a shot is not worth trying
_FLIGHT = 12  # squares that a missile or a bolt may fly on past its target
_OPEN_DOOR = int(Terrain.OPEN_DOOR)
_OPEN = np.zeros(256, np.bool_)  # terrain that is flown over
_OPEN[:] = glyphs.PASSABLE
_OPEN[[Terrain.TRAP, Terrain.HOLE, Terrain.WATER, Terrain.LAVA]] = True


class Shot(NamedTuple):
    """A monster in line: squares to it, the key of the direction, and squares to what stops a ray
    behind it.
    """

    distance: int
    key: int
    target: Monster
    to_wall: int


def shots(known: Knowledge, reach: int = FAR) -> list[Shot]:
    """Return the hostile monsters that are first in one of the eight directions, nearest first.

    Directions in which a pet or a peaceful monster may be hit are left out; so are unseen ones, and
    gas spores that would burst too near.
    """
    y, x = known.hero
    lines = {
        heading(known.hero, m.square)
        for m in known.hostiles
        if m.y == y or m.x == x or abs(m.y - y) == abs(m.x - x)
    }
    found = [_along(known.level, known.hero, dy, dx, reach) for dy, dx in lines]
    return sorted(shot for shot in found if shot is not None and not _bursts_near(known, shot))


def _bursts_near(known: Knowledge, shot: Shot) -> bool:
    """Whether a gas spore is hit, and its blast reaches the hero or a friend."""
    spore = shot.target
    if spore.species not in monsters.GAS_SPORE:
        return False
    return distance(spore.square, known.hero) < BLAST or friends_in_blast(known, spore.square)


def friends_in_blast(known: Knowledge, square: Square) -> bool:
    """Whether a gas spore that bursts there reaches somebody who means no harm and would be angered
    or killed (explode.c), or may reach a pet out of view.
    """
    friends = (monster.square for monster in known.level.monsters if not monster.hostile)
    return known.pet_unseen(LATELY) or any(distance(square, who) < BLAST for who in friends)


def heading(start: Square, end: Square) -> Square:
    """Return the step, (dy, dx) of -1, 0 or 1 each, that leads from one square toward another."""
    (y, x), (to_y, to_x) = start, end
    return (to_y > y) - (to_y < y), (to_x > x) - (to_x < x)


def _along(level: Level, hero: Square, dy: int, dx: int, reach: int) -> Shot | None:
    standing = {monster.square: monster for monster in level.monsters}
    (y, x), target, at = hero, None, 0
    for squares in range(1, reach + _FLIGHT):
        passed = y, x
        y, x = y + dy, x + dx
        if not flies(level, passed, (y, x)):
            break
        monster = standing.get((y, x))
        if monster is not None and not monster.hostile:
            return None
        if monster is not None and target is None:
            target, at = monster, squares
    if target is None or target.species < 0 or at > reach:
        return None
    return Shot(at, DIRECTIONS[dy, dx], target, squares)


def flies(level: Level, start: Square, end: Square) -> bool:
    """Whether a missile gets from a square to its neighbour (zap.c, bhit)."""
    y, x = end
    if not on_the_map(end) or not _OPEN[level.terrain[end]]:
        return False
    diagonal = start[0] != y and start[1] != x  # not through doors
    if diagonal and _OPEN_DOOR in (level.kind_at(start), level.kind_at(end)):
        return False
    return not level.has_boulder(end)


def look(known: Knowledge, target: Monster) -> Keys:
    """Asks the game what stands there (``;``), which takes no time and tells if it is peaceful."""
    (y, x), (v, u) = known.hero, target.square
    across = ("l" if u > x else "h") * abs(u - x)
    along = ("j" if v > y else "k") * abs(v - y)
    yield from command(known, f";{across}{along}.".encode())
    if known.heard("peaceful "):
        known.level.peace.mark_peaceful(target.square)


def may_be_peaceful(monster: Monster) -> bool:
    """Whether some of its kind are peaceful to some heroes (makemon.c, peace_minded)."""
    return bool(monsters.MAY_BE_PEACEFUL[monster.species])
