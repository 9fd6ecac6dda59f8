"""What the hero's kills leave behind, and when: only fresh corpses are safe to eat."""

from __future__ import annotations

from envs.data.glyphs import CORPSE, OBJECT_TYPE, SPECIES
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Monster
from envs.macros.base import Keys


def noting_the_kill(known: Knowledge, target: Monster, attack: Keys) -> Keys:
    """Plays an attack's keys; if it kills the target, its corpse is remembered as fresh."""
    level, before = known.level, int(known.level.objects[target.square])
    yield from attack
    if known.level is not level or not known.heard("You kill", "You destroy"):
        return
    remains = int(level.objects[target.square])
    lay_there = before >= 0 and OBJECT_TYPE[before] == CORPSE
    its_own = SPECIES[remains] == target.species  # a zombie leaves an old corpse of its kind
    if remains >= 0 and OBJECT_TYPE[remains] == CORPSE and its_own and not lay_there:
        level.fresh_corpses[target.square] = known.stats.turn
