"""Prospect: search the levels that lead to a digging tool to the end."""

from __future__ import annotations

from envs.game import Game
from envs.macros.base import Keys
from envs.macros.door import Door
from envs.macros.explore import Explore
from envs.macros.hunt import in_hunted_mines, on_the_way_to_mines
from envs.progression import DOOM

EXPLORE, DOOR = Explore(), Door()


class Prospect:
    """Without a digging tool, explore the levels where the Mines may begin, and the Mines' first."""

    name = "prospect"
    budget = 120

    def available(self, game: Game) -> bool:
        return _step(game) is not None

    def play(self, game: Game) -> Keys:
        step = _step(game)
        if step is not None:
            yield from step.play(game)


def _step(game: Game) -> Explore | Door | None:
    if not (on_the_way_to_mines(game) or in_hunted_mines(game)):
        return None
    if EXPLORE.available(game):
        return EXPLORE
    return DOOR if game.stats.dungeon == DOOM and DOOR.available(game) else None
