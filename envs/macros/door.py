"""Door: open the nearest closed door, or kick it in if it is locked."""

from __future__ import annotations

import re

from envs.data.glyphs import Terrain
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import ORTHOGONAL, Square, on_the_map
from envs.macros.base import KICK, Keys, command, direction, walk
from envs.nethack.dungeons import MINES

MAX_TRIES = 25
CLOSED, ALIKE = "Closed for inventory", 7  # characters that are left of it
_IN_A_PIT = ("edge of the pit", "in a pit")  # lock.c, doopen; trap.c, climb_pit


class Door:
    """Walk to the nearest closed door and open it; kick it if it is locked, but not in Minetown."""

    name = "door"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether the hero, in his own body, can walk up to a closed door that was not given up."""
        return not known.transformed and _nearest_door(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Go to the door and open it, by pulls and kicks if need be, unless its shop is closed."""
        found, level = _nearest_door(known), known.level
        if found is None:
            return
        _, stand, door = found
        if known.hero == stand:
            yield from command(known, b":")  # tells what is written here, as arriving does
        yield from walk(known, stand)
        if known.hero != stand or known.level is not level:
            return
        if _reads_closed(known):
            level.ignored.add(door)
            return
        way = direction(stand, door)
        yield from command(known, (ord("o"), way))
        tries = 0
        while _is_shut(known, door) and known.hero == stand and tries < MAX_TRIES:
            keys = _next_try(known, way)
            if not keys:
                break
            tries += 1
            yield from command(known, keys)
        if known.heard("already open"):  # somebody stands in it
            level.set_terrain(door, Terrain.OPEN_DOOR)
        elif _is_shut(known, door) and known.hero == stand and not known.heard(*_IN_A_PIT):
            level.ignored.add(door)


def _reads_closed(known: Knowledge) -> bool:
    """Whether "Closed for inventory" is written underfoot, worn as it may be: the keeper of this
    shop kills who breaks the door (shknam.c, stock_room; engrave.c, wipeout_text).
    """
    found = re.search(r'You read: +"([^"]*)', " ".join(known.messages))
    if not found:
        return known.heard(CLOSED)
    alike = sum(a == b for a, b in zip(found[1].lower(), CLOSED.lower(), strict=False))
    return alike >= ALIKE


def _next_try(known: Knowledge, way: int) -> tuple[int, ...]:
    """Return the keys to send when a door did not open; none if it is to be left alone.

    The watchmen of Minetown, where nearly all doors of the Mines are, arrest whoever breaks one
    (dokick.c, watchman_door_damage): who fell into a locked house there has no other way out.
    """
    if known.heard("over the edge of the pit"):
        return (way,)  # climbs out
    if known.heard("resists", *_IN_A_PIT):  # not locked: pull again
        return ord("o"), way
    locked = known.heard("locked", "WHAM")
    return (KICK, way) if locked and (known.stats.dungeon != MINES or _locked_in(known)) else ()


def _locked_in(known: Knowledge) -> bool:
    """Whether the hero can go neither up nor down nor explore."""
    level = known.level
    stairs = (*level.where(Terrain.STAIRS_UP), *level.where(Terrain.STAIRS_DOWN))
    return level.frontier is None and not any(map(level.reachable, stairs))


def _is_shut(known: Knowledge, door: Square) -> bool:
    return bool(known.level.terrain[door] == Terrain.CLOSED_DOOR)


def _nearest_door(known: Knowledge) -> tuple[int, Square, Square] | None:
    """Return (steps, where to stand, door) of the nearest closed door that was not given up."""
    level = known.level
    found = []
    for y, x in level.where(Terrain.CLOSED_DOOR):
        if (y, x) in level.ignored:
            continue
        for dy, dx in ORTHOGONAL:
            stand = (y + dy, x + dx)
            if on_the_map(stand) and level.reachable(stand):
                found.append((int(level.dist[stand]), stand, (y, x)))
    return min(found, default=None)
