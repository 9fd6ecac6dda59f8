"""What a death leaves behind, and when: only fresh corpses are safe to eat."""

from __future__ import annotations

import re
from typing import NamedTuple

from envs.data.glyphs import CORPSE, OBJECT_TYPE, SPECIES
from envs.knowledge.level import Level
from envs.knowledge.paths import Square

# "You kill the newt!", "The newt is killed!" (mon.c, xkilled and monkilled)
_DEATH = re.compile(r"You (?:kill|destroy) |(?:is|are) (?:killed|destroyed)")


class Death(NamedTuple):
    """A monster that may be the one whose death was told.

    Attributes:
        turn: when it was told.
        square, species: where and what it was.
        lay_there: the glyph of what lay on top there before, or -1.
    """

    turn: int
    square: Square
    species: int
    lay_there: int


def deaths_told(message: str, level: Level, turn: int) -> list[Death]:
    """Return the monsters in view whose name is in a message that tells a death, whoever killed
    them.
    """
    if not _DEATH.search(message):
        return []
    told = message.lower()
    return [
        Death(turn, monster.square, monster.species, int(level.objects[monster.square]))
        for monster in level.monsters
        if monster.species >= 0 and monster.name.lower() in told
    ]


def left_a_corpse(level: Level, death: Death) -> bool:
    """Whether a corpse of its kind lies there that did not before; what a zombie leaves is an old
    corpse of its living kind (mon.c, undead_to_corpse).
    """
    remains = int(level.objects[death.square])
    lay_there = death.lay_there >= 0 and OBJECT_TYPE[death.lay_there] == CORPSE
    its_own = remains >= 0 and SPECIES[remains] == death.species
    return bool(its_own and OBJECT_TYPE[remains] == CORPSE and not lay_there)
