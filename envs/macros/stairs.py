"""Descend and ascend: walk to stairs that are known, and take them, with the pet on the hunt."""

from __future__ import annotations

from typing import NamedTuple

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.digging import can_dig
from envs.knowledge.hunt import fit_for_mines, hunting, mines_done, mines_stairs
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import HEIGHT, UNREACHABLE, WIDTH, Square
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command, on_trap, step, walk
from envs.nethack.dungeons import MINES

LATELY = 50  # turns for which a hero does not go back to what was fled from
NOWHERE = (-1, -1)
WORTH_A_PET = 5  # depth down to which a pet is a match for who lives there
WAIT_FOR_PET, PET_NEAR = 20, 60  # turns of waiting, and since the pet was last in view
WELL, CALM = 0.7, 8  # of the hit points, and squares without a threat: no fleeing hero waits


class Descend:
    """Take the nearest known way down: stairs, holes and trap doors; not into the Gnomish Mines."""

    name = "descend"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether stairs or a hole can be walked to; in the Mines only without a digging tool, and
        before their end was seen; on the level above them only if the hero does not wait to go back
        to them.
        """
        if known.stats.dungeon == MINES and (can_dig(known) or mines_done(known)):
            return False  # they end soon: see `climb`
        return way_down(known) is not None and not _waits_for_mines(known)

    def play(self, known: Knowledge) -> Keys:
        """Go down by stairs or a hole, whichever is nearer; a hole that fails is left alone."""
        way = way_down(known)
        if way is not None and way.hole is not None:
            yield from _jump(known, way.square, way.hole)
        elif way is not None:
            yield from take_stairs(known, way.square, ord(">"), Terrain.STAIRS_UP)


class Ascend:
    """Walk to the nearest known stairs up and take them; never out of the dungeon."""

    name = "ascend"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether stairs up can be reached, save those out of the dungeon or into Sokoban."""
        return way_up(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Take the nearest such stairs, and note where they lead."""
        stairs = way_up(known)
        if stairs is not None:
            yield from take_stairs(known, stairs, ord("<"), Terrain.STAIRS_DOWN)


def fled_lately(known: Knowledge, stairs: Square) -> bool:
    """Whether these stairs lead back to what the hero fled from a moment ago."""
    fled = known.fled.get(known.level.leads.get(stairs, NOWHERE))
    return fled is not None and known.stats.turn - fled < LATELY


def _waits_for_mines(known: Knowledge) -> bool:
    """Whether the hero has just fled from the Mines, and goes back to them in a moment."""
    fled = (stairs for stairs in mines_stairs(known) if fled_lately(known, stairs))
    return hunting(known) and fit_for_mines(known) and any(map(known.level.reachable, fled))


def way_up(known: Knowledge) -> Square | None:
    """Return the nearest reachable stairs up that stay in the dungeon and out of Sokoban."""
    if known.stats.depth == 1:
        return None
    return _nearest(known, Terrain.STAIRS_UP, known.level.branches_off(known.stats.dungeon))


class WayDown(NamedTuple):
    """A way to the next level: where to stand, the steps down from here, and the hole to step into
    from there; None if it is stairs.
    """

    square: Square
    steps: int
    hole: Square | None


def way_down(known: Knowledge) -> WayDown | None:
    """Return the way down that `Descend` takes: the nearest hole or stairs, which stay in this
    branch of the dungeon, and do not lead back to what was fled.
    """
    if known.stats.condition & nh.BL_MASK_LEV:
        return None  # floats above it (do.c, dodown)
    stairs, hole, dist = _stairs_down(known), _nearest_hole(known), known.level.dist
    if hole is not None and (stairs is None or dist[hole[0]] < dist[stairs]):
        return WayDown(hole[0], int(dist[hole[0]]) + 1, hole[1])
    return WayDown(stairs, int(dist[stairs]), None) if stairs is not None else None


def _stairs_down(known: Knowledge) -> Square | None:
    if not known.level.knows(Terrain.STAIRS_DOWN):
        return None
    without = known.level.branches_off(known.stats.dungeon)
    likely = mines_stairs(known)
    if len(likely) == 1:
        without |= likely
    without |= {stairs for stairs in known.level.leads if fled_lately(known, stairs)}
    return _nearest(known, Terrain.STAIRS_DOWN, without)


def _nearest(known: Knowledge, kind: Terrain, without: set[Square]) -> Square | None:
    level = known.level
    return level.nearest_of(square for square in level.where(kind) if square not in without)


def _nearest_hole(known: Knowledge) -> tuple[Square, Square] | None:
    """(where to stand, hole) of the nearest trap that leads to another level."""
    level = known.level
    if not level.knows(Terrain.HOLE):
        return None
    found = [
        (int(level.dist[y, x]), (y, x), (hole_y, hole_x))
        for hole_y, hole_x in level.where(Terrain.HOLE)
        if (hole_y, hole_x) not in level.ignored
        for y in range(max(hole_y - 1, 0), min(hole_y + 2, HEIGHT))
        for x in range(max(hole_x - 1, 0), min(hole_x + 2, WIDTH))
        if level.dist[y, x] != UNREACHABLE
    ]
    return min(found)[1:] if found else None


def _jump(known: Knowledge, stand: Square, hole: Square) -> Keys:
    """Step onto a trap; one that is known is sometimes escaped, and then ``>`` takes it (do.c). Who
    is held by another trap on the way tries again.
    """
    level = known.level
    if known.hero != hole:
        yield from walk(known, stand)
        if known.hero != stand or known.level is not level:
            return
        yield from step(known, hole)
    if known.level is level and known.hero == hole:
        yield from command(known, b">")
    if known.level is level and (known.hero == hole or not on_trap(known)):
        level.ignored.add(hole)


def take_stairs(known: Knowledge, target: Square, key: int, arrives_on: Terrain) -> Keys:
    """Walk to stairs, take them, and learn where they lead."""
    level, left = known.level, known.level_key
    for before in (walk(known, target), _wait_for_pet(known)):
        yield from before
        if known.hero != target or known.level is not level:
            return
    yield from command(known, (key,))
    if known.level is not level:
        level.leads[target] = known.level_key
        beside = [square for square in known.level.where(arrives_on) if known.adjacent(square)]
        # the hero covers the stairs that lead back, or was pushed off them (do.c, u_collide_m)
        stairs = beside[0] if beside else known.hero
        known.level.leads[stairs] = left
        known.level.set_terrain(stairs, arrives_on)
    elif known.heard("can't go down here", "can't go up here"):
        level.set_terrain(target, Terrain.FLOOR)  # remembered wrongly, or a mimic


def _wait_for_pet(known: Knowledge) -> Keys:
    """Wait where no time presses for a pet that was in view lately: who is beside the hero comes
    along (dog.c, keepdogs).
    """
    until = known.stats.turn + WAIT_FOR_PET
    while known.stats.turn < until and _pet_comes(known):
        turn, hit_points = known.stats.turn, known.stats.hit_points
        yield from command(known, b"s")
        if known.stats.turn == turn or known.stats.hit_points < hit_points:
            return


def _pet_comes(known: Knowledge) -> bool:
    """Whether a pet is worth a wait: it fights beside the hero on the hunt, and is not far."""
    stats, seen = known.stats, known.level.pet_seen
    if not hunting(known) or stats.depth > WORTH_A_PET or seen is None:
        return False
    if stats.turn - seen > PET_NEAR or stats.health < WELL or threats(known, CALM):
        return False
    return not known.pet_beside
