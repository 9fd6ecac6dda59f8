"""Mug: attack a peaceful dwarf for the digging tool that it most likely carries."""

from __future__ import annotations

from envs.data.monsters import DWARVES, KEEPERS
from envs.knowledge.hunt import fit_for_mines, hunting
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.peace import Monster
from envs.knowledge.threats import distance, threats
from envs.macros.base import Keys, command, direction, step

REACH = 20  # squares
WELL, HURT = 0.7, 0.4  # of the hit points: enough to begin, and to break off
CALM = 6  # squares within which nobody else may threaten


class Mug:
    """Attack a peaceful dwarf for its digging tool; never in sight of a watchman or a priest.

    This is the one place where "Really attack?" is answered with yes. The attack costs one or two
    points of alignment (mon.c, setmangry), the death of a dwarf of the hero's own god twelve more
    (makemon.c, set_malign), and no Luck, as the victim dies hostile. A hero who has killed little
    before is out of favour then, and prays in vain until some kills make up for it.
    """

    name = "mug"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        """Whether the hunt is on, the hero is fit and well for a fight, in his own body, nobody
        else threatens nearby, no keeper is in view, and a peaceful dwarf is in reach.
        """
        if not hunting(known) or not fit_for_mines(known) or known.transformed:
            return False
        return (
            known.stats.health >= WELL and not threats(known, CALM) and _victim(known) is not None
        )

    def play(self, known: Knowledge) -> Keys:
        """Go beside the dwarf and strike once, which makes it hostile; stop when badly hurt."""
        victim, level = _victim(known), known.level
        while victim is not None and known.level is level and known.stats.health >= HURT:
            if known.adjacent(victim.square):
                way = direction(known.hero, victim.square)
                yield from command(known, (way,), [("Really attack", ord("y"))])
                level.peace.mark_hostile(victim.square)
                return  # the rest is a fight like any other
            before, way_there = known.hero, level.path_beside(victim.square)
            if not way_there:
                return
            yield from step(known, way_there[0])
            if known.hero == before:
                return
            victim = _victim(known)


def _victim(known: Knowledge) -> Monster | None:
    """Return the nearest peaceful dwarf that can be reached."""
    level = known.level
    if any(monster.species in KEEPERS for monster in level.monsters):
        return None
    found = [
        (distance(monster.square, known.hero), monster)
        for monster in level.monsters
        if monster.species in DWARVES and monster.peaceful and not monster.pet
        and (known.adjacent(monster.square) or level.path_beside(monster.square))
    ]  # fmt: skip
    steps, victim = min(found, default=(REACH + 1, None))
    return victim if steps <= REACH else None
