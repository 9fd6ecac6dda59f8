"""Prospect: search the levels that lead to a digging tool to the end."""

from __future__ import annotations

from envs.game import Game
from envs.macros.base import Keys
from envs.macros.door import Door
from envs.macros.explore import Explore
from envs.macros.hunt import LAST, in_hunted_mines, mines_level, on_the_way_to_mines, wants_up
from envs.macros.search import Search
from envs.macros.stairs import way_up
from envs.progression import DOOM

EXPLORE, DOOR, SEARCH = Explore(), Door(), Search()
PATIENCE, LAST_PATIENCE = 60, 180  # turns of searching for hidden passages
NEIGHBOURS = 9  # squares that a turn of searching covers


class Prospect:
    """Explore the levels where the hunt for a digging tool leads: to the Mines, in them, and back."""

    name = "prospect"
    budget = 120

    def available(self, game: Game) -> bool:
        return _step(game) is not None

    def play(self, game: Game) -> Keys:
        step = _step(game)
        if step is not None:
            yield from step.play(game)


def _step(game: Game) -> Explore | Door | Search | None:
    searched = on_the_way_to_mines(game) or in_hunted_mines(game)
    lost = wants_up(game) and way_up(game) is None
    if not (searched or lost):
        return None
    if EXPLORE.available(game):
        return EXPLORE
    if lost or game.stats.dungeon != DOOM:
        return None
    if DOOR.available(game):
        return DOOR
    return SEARCH if mines_level(game) is None and _worth_searching(game) else None


def _worth_searching(game: Game) -> bool:
    """Whether a hidden way to the Mines' stairs may be on this level: surely, if it is the last."""
    turns = LAST_PATIENCE if game.stats.depth == LAST else PATIENCE
    return bool(game.level.searched.sum() < turns * NEIGHBOURS)
