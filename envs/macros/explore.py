"""Explore: walk to where the map ends, until the level has nothing unseen within reach."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from envs.data.glyphs import PASSABLE, Terrain
from envs.knowledge import equipment
from envs.knowledge.exploring import is_frontier, lighter_way, open_ways
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import WIDTH, Square, on_the_map
from envs.macros.base import DIRECTIONS, Keys, command, on_trap, step, walk
from envs.macros.drop import least_useful
from envs.macros.shatter import blast, shatter
from envs.nethack.dungeons import SOKOBAN

SEARCHED_TWICE = 30  # turns
PATIENCE = 30  # turns before a boulder with a monster behind it is tried again
STUBBORN = 10  # times that, once it was in vain
STUCK_BOULDER = ("in vain", "cannot move past", "perhaps that's why")  # hack.c, moverock


class Explore:
    """Walk to the nearest edge of the known map, and on, until stairs down come into view."""

    name = "explore"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        """Whether the map's edge can be walked to or, failing that, stairs may lie under an object,
        a boulder may give way, a lighter pack would get through, or a boulder can be shattered.
        """
        return (
            known.level.frontier is not None
            or _covered(known) is not None
            or _push(known) is not None
            or _burden(known) is not None
            or blast(known) is not None
        )

    def play(self, known: Knowledge) -> Keys:
        """Follow the edge until stairs down appear; without one, look under the object, push the
        boulder until there is more to explore, lay one thing down, or shatter a boulder.
        """
        if known.level.frontier is not None:
            yield from explore_the_edge(known)
            return
        hidden, push = _covered(known), _push(known)
        if hidden is not None:
            yield from walk(known, hidden)  # the game then tells what it lies on
        elif push is not None:
            yield from _push_on(known, push)
        elif (burden := _burden(known)) is not None:
            yield from _lay_down(known, burden)
        elif (plan := blast(known)) is not None:
            yield from shatter(known, plan)


def explore_the_edge(known: Knowledge) -> Keys:
    """Walk to the nearest square with an unseen neighbour, and on, until stairs down appear."""
    level = known.level
    stairs = len(level.where(Terrain.STAIRS_DOWN))
    while (target := open_ways(level)) is not None:
        before = known.hero
        yield from walk(known, target, until=lambda: not is_frontier(level, target))
        if known.level is not level or known.hero == before:
            return
        if len(level.where(Terrain.STAIRS_DOWN)) > stairs:
            return


def covered(level: Level) -> Square | None:
    """Return the nearest square that stairs down may be on, under an object; not in a shop, where
    there are none, and goods may be mimics (mkroom.c, shknam.c).
    """
    hidden = level.guessed & (level.objects >= 0)
    for square in level.shop:
        hidden[square] = False
    return level.nearest(hidden)


def _covered(known: Knowledge) -> Square | None:
    """Where stairs down may be covered, if none are known and the likeliest places were searched
    twice, since a hidden passage is likelier than that.
    """
    level = known.level
    if level.knows(Terrain.STAIRS_DOWN) or level.searched.max() < SEARCHED_TWICE:
        return None
    return covered(level)


def _burden(known: Knowledge) -> Item | None:
    """Return what to lay down first, if only who carries less gets through to what is
    unexplored.
    """
    if not known.level.tight or not lighter_way(known.level):
        return None
    return least_useful(known.equipment)


def _light(known: Knowledge) -> bool:
    return equipment.load(known.equipment) + known.stats.gold // 100 <= equipment.SQUEEZE


def _lay_down(known: Knowledge, item: Item) -> Keys:
    """Drop one thing; when the pack is light enough, the way between the rocks is open."""
    level, square, before = known.level, known.hero, known.inventory
    yield from command(known, b"d", [("What do you want to drop", ord(item.letter))])
    level.ignored.add(square)
    if known.inventory == before:
        known.given_up.add(item.text)
    if _light(known):
        level.widen()


class Push(NamedTuple):
    """A boulder that may be out of the way when pushed: where to stand, and where it lies."""

    stand: Square
    boulder: Square


def _push(known: Knowledge) -> Push | None:
    """Return the nearest boulder that can be pushed off an edge of what is reachable, or off a
    square that stairs may be on, if none are known.
    """
    level = known.level
    if known.stats.dungeon == SOKOBAN:
        return None
    found, stairs_missed = [], not level.knows(Terrain.STAIRS_DOWN)
    for square in np.flatnonzero(level.boulders).tolist():
        boulder = divmod(square, WIDTH)
        for way in DIRECTIONS:
            stand, beyond = _beside(boulder, way, -1), _beside(boulder, way, 1)
            tried = level.unmovable.get((stand, boulder), 0)
            anywhere = stairs_missed and bool(level.guessed[boulder])
            if tried < known.stats.turn and _may_push(level, stand, beyond, anywhere):
                found.append((int(level.dist[stand]), Push(stand, boulder)))
    return min(found)[1] if found else None


def _beside(square: Square, way: Square, steps: int) -> Square:
    return square[0] + steps * way[0], square[1] + steps * way[1]


def _may_push(level: Level, stand: Square, beyond: Square, anywhere: bool) -> bool:
    """Whether one can stand here, and the boulder might move on: to a square not yet in reach, or
    anywhere.
    """
    if not (on_the_map(stand) and on_the_map(beyond)):
        return False
    if not level.reachable(stand) or (level.reachable(beyond) and not anywhere):
        return False
    free = PASSABLE[level.terrain[beyond]] or level.terrain[beyond] == Terrain.UNKNOWN
    return bool(free and not level.has_boulder(beyond))


def _push_on(known: Knowledge, push: Push) -> Keys:
    """Pushes a boulder as far as it goes, or until there is something new to explore."""
    level, (stand, boulder) = known.level, push
    way = (boulder[0] - stand[0], boulder[1] - stand[1])
    yield from walk(known, stand)
    while known.level is level and known.hero == stand and open_ways(level) is None:
        yield from step(known, boulder)
        stuck = known.heard(*STUCK_BOULDER)
        if known.hero != boulder and on_trap(known) and not stuck:
            return  # the hero has to climb out first
        if known.hero != boulder or stuck:
            level.unmovable[stand, boulder] = _until(known, (stand, boulder))
            return
        stand, boulder = boulder, _beside(boulder, way, 1)


def _until(known: Knowledge, push: tuple[Square, Square]) -> float:
    """Return the turn before which a boulder that did not move is not tried again: one with a
    monster behind it soon, as that may go away; but not over and over, as it may be stuck, too.
    """
    if not known.heard("behind the boulder"):
        return math.inf
    again = push in known.level.unmovable
    return known.stats.turn + PATIENCE * (STUBBORN if again else 1)
