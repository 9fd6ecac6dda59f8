"""Prospect: search the levels that lead to a digging tool to the end."""

from __future__ import annotations

from collections.abc import Callable

from envs.knowledge.hunt import (
    in_hunted_mines,
    mines_level,
    on_the_way_to_mines,
    seen_all_levels,
    unsearched,
    wants_up,
)
from envs.knowledge.knowledge import Knowledge
from envs.macros.base import Keys, walk
from envs.macros.door import Door
from envs.macros.explore import covered, explore_the_edge
from envs.macros.search import Search
from envs.macros.stairs import way_up
from envs.nethack.dungeons import DOOM

DOOR, SEARCH = Door(), Search()


class Prospect:
    """Explore where the hunt for a digging tool leads: to the Mines, in them, and back."""

    name = "prospect"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether the hunt, for the Mines or for a way up, leaves something to look for here."""
        return _next(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Explore the edge until stairs appear, else open a door, look under a thing or search."""
        step = _next(known)
        if step is not None:
            yield from step(known)


def _next(known: Knowledge) -> Callable[[Knowledge], Keys] | None:
    """Return what is to be done next: the map's edge first, then doors, then what may be hidden."""
    searched = on_the_way_to_mines(known) or in_hunted_mines(known)
    lost = wants_up(known) and way_up(known) is None
    if not (searched or lost):
        return None
    if known.level.frontier is not None:
        return explore_the_edge
    if known.stats.dungeon != DOOM:
        return None
    if DOOR.available(known):
        return DOOR.play
    if mines_level(known) is not None and not lost:
        return None
    if covered(known.level) is not None:
        return _look_under
    hidden = (lost or seen_all_levels(known)) and unsearched(known.level, known.stats.depth)
    return SEARCH.play if hidden else None


def _look_under(known: Knowledge) -> Keys:
    square = covered(known.level)
    if square is not None:
        yield from walk(known, square)  # the game then tells what it lies on
