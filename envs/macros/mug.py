"""Mug: attack a peaceful dwarf for the digging tool that it most likely carries."""

from __future__ import annotations

from envs.game import Game
from envs.level import Monster
from envs.macros.base import Keys, command, direction, step
from envs.macros.hunt import DWARVES, fit_for_mines, hunting
from envs.macros.threats import distance, threats
from envs.monsters import KEEPERS

REACH = 20  # steps
WELL, HURT = 0.7, 0.4  # of the hit points: enough to begin, and to break off
CALM = 6  # squares within which nobody else may threaten
MOST_BLOWS = 30


class Mug:
    """Attack a peaceful dwarf for its digging tool; never in sight of a watchman or a priest.

    This is the one place where "Really attack?" is answered with yes. It costs a point of alignment
    (mon.c, setmangry), five for a knight or a samurai, and no Luck: the victim dies hostile.
    """

    name = "mug"
    budget = 60

    def available(self, game: Game) -> bool:
        if not hunting(game) or not fit_for_mines(game) or game.transformed:
            return False
        return game.stats.health >= WELL and not threats(game, CALM) and _victim(game) is not None

    def play(self, game: Game) -> Keys:
        victim, level = _victim(game), game.level
        while victim is not None and game.level is level and game.stats.health >= HURT:
            if game.adjacent(victim.square):
                way = direction(game.hero, victim.square)
                yield from command(game, (way,), [("Really attack", ord("y"))])
                level.mark_hostile(victim.square)
                return  # the rest is a fight like any other
            before, way_there = game.hero, level.path_beside(victim.square)
            if not way_there:
                return
            yield from step(game, way_there[0])
            if game.hero == before:
                return
            victim = _victim(game)


def _victim(game: Game) -> Monster | None:
    """The nearest peaceful dwarf that can be reached."""
    level = game.level
    if any(monster.species in KEEPERS for monster in level.monsters):
        return None
    found = [
        (distance(monster.square, game.hero), monster)
        for monster in level.monsters
        if monster.species in DWARVES and monster.peaceful and not monster.pet
        and (game.adjacent(monster.square) or level.path_beside(monster.square))
    ]  # fmt: skip
    steps, victim = min(found, default=(REACH + 1, None))
    return victim if steps <= REACH else None
