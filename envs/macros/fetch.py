"""Fetch: take the digging tool before anybody else does."""

from __future__ import annotations

from envs.data.object_kinds import by_glyph
from envs.data.objects import DIGGERS
from envs.knowledge.hunt import hunting
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.outlook import losing, winning
from envs.knowledge.paths import Square
from envs.knowledge.threats import threats, under_fire
from envs.macros.base import Keys
from envs.macros.heaps import is_searched, nearest_heap
from envs.macros.pick_up import able, fetch_from
from envs.nethack.dungeons import MINES

BURDENED = 1
REACH = 25  # steps to a digging tool in view
HURT, DANGER = 1 / 2, 8  # of the hit points; squares to foes with whom no errand is run
HEAP_REACH = 8  # steps to a heap of the Mines that may hide one


class Fetch:
    """Fetch the digging tool that is missed, or look for it under a heap of the Mines, at once.

    Dwarves and gnomes pick up what lies about, and eating, resting and exploring lead away.
    """

    name = "fetch"
    budget = 80

    def available(self, known: Knowledge) -> bool:
        """Whether the hunt is on, a digging tool or a heap that may hide one is near, the hero can
        take it up, and no danger near has to be faced first.
        """
        if not hunting(known) or not able(known, BURDENED) or _in_danger(known):
            return False
        return _target(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Walk there, unless a danger comes beside the hero, and take what is of use."""
        target = _target(known)
        if target is not None:
            yield from fetch_from(known, target, until=lambda: bool(threats(known, 1)))


def _in_danger(known: Knowledge) -> bool:
    """Whether somebody would strike at once, or the hero had better flee or fight: who is hurt, or
    meets more than he can win against.
    """
    if threats(known, 1) or (known.stats.health < HURT and under_fire(known)):
        return True
    if not threats(known, DANGER):
        return False
    return losing(known) or (known.stats.health < HURT and not winning(known))


_TOOL = by_glyph(lambda kind, oclass: kind in DIGGERS)


def _target(known: Knowledge) -> Square | None:
    """Return the nearest digging tool in view, or heap that may hide one."""
    level = known.level
    tools = _TOOL.take(level.objects)
    if tools.any():
        for square in level.shop | level.searched_heaps.keys():
            tools[square] &= square not in level.shop and not is_searched(level, square)
    nearest = level.nearest(tools) if tools.any() else None
    if nearest is not None and level.dist[nearest] <= REACH:
        return nearest
    if known.stats.dungeon != MINES:
        return None
    return nearest_heap(known, level.shop, HEAP_REACH, calm=1)
