"""Mines and climb: into the Gnomish Mines for a digging tool, and back up with it."""

from __future__ import annotations

from envs.data.glyphs import Terrain
from envs.knowledge.digging import can_dig
from envs.knowledge.hunt import fit_for_mines, mines_done, mines_stairs, wants_up
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.paths import Square
from envs.knowledge.threats import threats
from envs.knowledge.tunnels import tunnel
from envs.macros.base import Keys
from envs.macros.stairs import fled_lately, take_stairs, way_up
from envs.macros.tunnel import dig_through
from envs.nethack.dungeons import DOOM

WELL = 0.7  # of the hit points, to meet dwarves with


class Mines:
    """Take the stairs down that lead, or may lead, into the Gnomish Mines."""

    name = "mines"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether the hero has no tool, is fit and well for dwarves, and can walk to the stairs."""
        if known.stats.dungeon != DOOM or can_dig(known) or _stairs(known) is None:
            return False
        return fit_for_mines(known) and _well(known) and not mines_done(known)

    def play(self, known: Knowledge) -> Keys:
        """Take the nearest such stairs that do not lead back to what was just fled from."""
        stairs = _stairs(known)
        if stairs is not None:
            yield from take_stairs(known, stairs, ord(">"), Terrain.STAIRS_UP)


class Climb:
    """Go back up: out of the Gnomish Mines with a digging tool, through rock if no way leads to the
    stairs, or up to them without one.
    """

    name = "climb"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether the hunt leads up, by stairs that do not lead back to what was just fled from or,
        with nobody dangerous beside the hero, through rock.
        """
        if not wants_up(known):
            return False
        stairs = way_up(known)
        if stairs is None:
            return not threats(known, 1) and bool(tunnel(known))
        return not fled_lately(known, stairs)

    def play(self, known: Knowledge) -> Keys:
        """Take the stairs up; without a way to any, dig one, until a danger is beside the hero."""
        stairs = way_up(known)
        if stairs is None:
            yield from dig_through(known)
        else:
            yield from take_stairs(known, stairs, ord("<"), Terrain.STAIRS_DOWN)


def _well(known: Knowledge) -> bool:
    """Whether the hero need not rest first; hunger does not wait."""
    return known.stats.health >= WELL or known.stats.hunger >= Hunger.WEAK


def _stairs(known: Knowledge) -> Square | None:
    """Return the nearest reachable stairs into the Mines."""
    level = known.level
    found = [
        square
        for square in mines_stairs(known)
        if level.reachable(square) and not fled_lately(known, square)
    ]
    return min(found, key=lambda square: int(level.dist[square]), default=None)
