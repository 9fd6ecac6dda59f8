"""Ways on that lead through rock, for who carries a pick-axe or a mattock."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import PASSABLE, Terrain, species_named
from envs.knowledge.digging import digger
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import HEIGHT, ORTHOGONAL, UNREACHABLE, WIDTH, Square

DIG = 8  # turns that a square of rock takes: an effort of 100, at 10 to 14 a turn (dig.c, dig)
MARGIN = 2  # squares at the map's edges that can't be dug (mklev.c, bound_digging)
AROUND = 2  # squares to what has been seen, from a place that is worth digging to
OF_A_TOWN = (Terrain.OPEN_DOOR, Terrain.CLOSED_DOOR, Terrain.FURNITURE)  # no caves have them
_WATCH = species_named("watchman", "watch captain")
_ROCK = np.zeros(256, np.bool_)
_ROCK[[Terrain.UNKNOWN, Terrain.WALL, Terrain.CLOSED_DOOR]] = True


def pick(known: Knowledge) -> Item | None:
    """Return what the hero can dig sideways with for long: no wand, whose charges are few."""
    tool = digger(known)
    return tool if tool is not None and tool.oclass != nh.WAND_CLASS else None


def tunnel(known: Knowledge) -> list[Square]:
    """Return the squares of the quickest way to the stairs up, through rock where need be: the
    first can be walked to, each other one is beside the one before. Empty if there is none, or no
    rock is in the way, but a monster.

    If no stairs up are known, and all that can be walked to is, it leads to the nearest part of the
    level of which nothing was seen. In Minetown only where there is nothing else to do, and nobody
    of the watch to see it, who arrest whom they see break walls and doors (dig.c, watch_dig).
    """
    level = known.level
    ups = set(level.where(Terrain.STAIRS_UP)) - level.branches_off(known.stats.dungeon)
    if pick(known) is None or not (ups or level.frontier is None):
        return []
    town = bool(level.shop) or any(map(level.knows, OF_A_TOWN))
    if town and (level.frontier is not None or _watched(level) or known.hero in level.shop):
        return []  # walls of shops are too hard (dig.c, dig)
    goal = np.zeros_like(level.seen)
    for square in ups:
        goal[square] = True
    way = _quickest(level, goal if ups else _unseen_parts(level))
    return way if any(is_rock(level, square) for square in way) else []


def is_rock(level: Level, square: Square) -> bool:
    """Whether the square has to be dug before it can be stepped on: rock, a door or a boulder."""
    return bool(_ROCK[level.terrain[square]]) or level.has_boulder(square)


def block_beyond(level: Level, start: Square, square: Square) -> None:
    """Count a square of rock that was too hard as blocked, and all rock further off on that side:
    on cave levels, only what lies outside of the caves is as hard (mklev.c, bound_digging).
    """
    (y, x), (to_y, to_x) = start, square
    rows = slice(to_y, None) if to_y > y else slice(to_y + 1) if to_y < y else slice(None)
    columns = slice(to_x, None) if to_x > x else slice(to_x + 1) if to_x < x else slice(None)
    level.blocked[rows, columns] |= _ROCK[level.terrain[rows, columns]]
    level.block(square)


def _watched(level: Level) -> bool:
    """Whether somebody of Minetown's watch is in view, who then sees the hero, too."""
    return any(monster.species in _WATCH for monster in level.monsters)


def _unseen_parts(level: Level) -> np.ndarray:
    """(21, 79) bool, squares around which nothing has been seen."""
    near = np.zeros_like(level.seen)
    for y, x in np.argwhere(level.seen):
        near[max(y - AROUND, 0) : y + AROUND + 1, max(x - AROUND, 0) : x + AROUND + 1] = True
    return ~near & _inner()


def _inner() -> np.ndarray:
    inner = np.zeros((HEIGHT, WIDTH), np.bool_)
    inner[MARGIN:-MARGIN, MARGIN:-MARGIN] = True
    return inner


def _costs(level: Level) -> np.ndarray:
    """(21, 79) turns that entering a square takes; 0 where it can't be entered or should not be."""
    rock = (_ROCK[level.terrain] | PASSABLE[level.terrain] & level.boulders) & _inner()
    return (np.where(rock, DIG, PASSABLE[level.terrain]) * ~level.blocked).astype(np.int64)


def _quickest(level: Level, goal: np.ndarray) -> list[Square]:
    """Return the way of the least turns to a goal (Dijkstra, 1959), from where one can walk to."""
    costs, came = _costs(level), dict[Square, Square]()
    turns = np.where(level.dist == UNREACHABLE, np.iinfo(np.int64).max, level.dist.astype(np.int64))
    queue = [(int(turns[y, x]), (int(y), int(x))) for y, x in np.argwhere(level.dist >= 0)]
    queue.sort()  # which makes a heap of it
    while queue:
        spent, square = heappop(queue)
        if goal[square]:
            way = [square]
            while way[-1] in came:
                way.append(came[way[-1]])
            return way[::-1]
        for dy, dx in ORTHOGONAL if spent == turns[square] else ():
            beside = y, x = square[0] + dy, square[1] + dx
            if not (0 <= y < HEIGHT and 0 <= x < WIDTH) or not costs[beside]:
                continue
            if spent + costs[beside] < turns[beside]:
                turns[beside], came[beside] = spent + costs[beside], square
                heappush(queue, (int(turns[beside]), beside))
    return []
