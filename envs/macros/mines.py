"""Mines and climb: into the Gnomish Mines for a digging tool, and back up with it."""

from __future__ import annotations

from envs.game import Game
from envs.glyphs import Terrain
from envs.level import Square
from envs.macros.base import Keys
from envs.macros.hunt import fit_for_mines, mines_stairs, wants_up
from envs.macros.stairs import take_stairs, way_up
from envs.macros.tools import can_dig
from envs.progression import DOOM


class Mines:
    """Take the stairs down that lead, or may lead, into the Gnomish Mines."""

    name = "mines"
    budget = 120

    def available(self, game: Game) -> bool:
        if game.stats.dungeon != DOOM or can_dig(game) or _stairs(game) is None:
            return False
        return fit_for_mines(game)

    def play(self, game: Game) -> Keys:
        stairs = _stairs(game)
        if stairs is not None:
            yield from take_stairs(game, stairs, ord(">"), Terrain.STAIRS_UP)


class Climb:
    """Go back up: out of the Gnomish Mines with a digging tool, or up to them without one."""

    name = "climb"
    budget = 120

    def available(self, game: Game) -> bool:
        return wants_up(game) and way_up(game) is not None

    def play(self, game: Game) -> Keys:
        stairs = way_up(game)
        if stairs is not None:
            yield from take_stairs(game, stairs, ord("<"), Terrain.STAIRS_DOWN)


def _stairs(game: Game) -> Square | None:
    """The nearest reachable stairs into the Mines."""
    level = game.level
    found = [square for square in mines_stairs(game) if level.reachable(square)]
    return min(found, key=lambda square: int(level.dist[square]), default=None)
