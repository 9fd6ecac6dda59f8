"""Rest: wait for hit points where nothing threatens."""

from __future__ import annotations

from nle import nethack as nh

from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command

RESTED_SHARE = 0.9  # of the maximum hit points
DAZED = nh.BL_MASK_BLIND | nh.BL_MASK_STUN | nh.BL_MASK_CONF  # wears off by itself
PATIENCE = 20  # turns before it is tried again after someone unseen did harm


class Rest:
    """Wait for hit points, or clear senses, while nothing dangerous is in view."""

    name = "rest"
    budget = 30

    def available(self, known: Knowledge) -> bool:
        """Whether hit points or senses are to be had by waiting, nobody dangerous is in view, no
        harm by somebody unseen has just broken it off, and hunger allows it.
        """
        stats = known.stats
        if stats.turn < known.no_rest_before or stats.hunger >= Hunger.WEAK:
            return False
        dazed = stats.condition & DAZED and stats.hunger < Hunger.HUNGRY
        return bool(stats.health < RESTED_SHARE or dazed) and not threats(known)

    def play(self, known: Knowledge) -> Keys:
        """Wait twenty turns at a time while that holds; harm, or no time passing, puts it off."""
        while self.available(known):
            turn, hit_points = known.stats.turn, known.stats.hit_points
            yield from command(known, b"20s")
            if known.stats.turn == turn or known.stats.hit_points < hit_points:
                known.no_rest_before = known.stats.turn + PATIENCE
