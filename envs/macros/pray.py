"""Pray: ask the god for help when in trouble and not too soon after the last time."""

from __future__ import annotations

from envs.knowledge.knowledge import Knowledge
from envs.knowledge.prayer import (
    in_lasting_trouble,
    in_major_trouble,
    in_minor_trouble,
    prayer_ready,
)
from envs.knowledge.threats import threats
from envs.macros.base import PRAY, Keys, command


class Pray:
    """Pray when close to death, weak from hunger or cursed, and a prayer is likely to work."""

    name = "pray"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        """Whether major or lasting trouble calls for it, or a minor one in peace, and the god most
        likely helps.
        """
        if in_major_trouble(known) or in_lasting_trouble(known):
            return prayer_ready(known)
        return in_minor_trouble(known) and prayer_ready(known, minor=True) and not threats(known)

    def play(self, known: Knowledge) -> Keys:
        """Pray once: the game asks whether that is wanted, which is answered with yes."""
        yield from command(known, (PRAY,), [("Are you sure you want to pray", ord("y"))])
