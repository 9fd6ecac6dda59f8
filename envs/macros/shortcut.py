"""Shortcut: the way down that is nearer than a hole is dug."""

from __future__ import annotations

from envs.knowledge.digging import can_dig
from envs.knowledge.hunt import LAST
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.threats import threats
from envs.macros.base import Keys
from envs.macros.stairs import Descend, way_down
from envs.nethack.dungeons import DOOM

NEAR = 12  # steps; a hole takes some twenty turns
CALM, BESIDE = 8, 2  # squares within which nobody may threaten; steps for which that is no matter
CROWD, RUN = 8, 5  # so many foes in view, as in a Big Room, are run from if it is so few steps
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
        way = way_down(known) if diving else None
        if way is None or way.steps > NEAR:
            return False
        crowded = way.steps <= RUN and len(threats(known)) >= CROWD
        return crowded or not threats(known, CALM if way.steps > BESIDE else 1)

    def play(self, known: Knowledge) -> Keys:
        """Take the nearest way down, as `descend` does."""
        yield from _DESCEND.play(known)
