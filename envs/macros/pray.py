"""Pray: ask the god for help when in trouble and not too soon after the last time."""

from __future__ import annotations

from envs.knowledge.knowledge import Knowledge
from envs.knowledge.prayer import in_major_trouble, prayer_ready
from envs.macros.base import PRAY, Keys, command


class Pray:
    """Pray when close to death or weak from hunger, and a prayer is likely to work."""

    name = "pray"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        return in_major_trouble(known) and prayer_ready(known)

    def play(self, known: Knowledge) -> Keys:
        turn = known.stats.turn
        yield from command(known, (PRAY,), [("Are you sure you want to pray", ord("y"))])
        known.last_prayer = turn
