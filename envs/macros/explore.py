"""Explore: walk to where the map ends, until the level has nothing unseen within reach."""

from __future__ import annotations

from envs.game import Game
from envs.glyphs import Terrain
from envs.macros.base import Keys, walk


class Explore:
    """Walk to the nearest edge of the known map, and on, until stairs down come into view."""

    name = "explore"
    budget = 60

    def available(self, game: Game) -> bool:
        return game.level.frontier() is not None

    def play(self, game: Game) -> Keys:
        level = game.level
        stairs = len(level.where(Terrain.STAIRS_DOWN))
        while (target := level.frontier()) is not None:
            before = game.hero
            yield from walk(game, target, until=lambda: not level.is_frontier(target))
            if game.level is not level or game.hero == before:
                return
            if len(level.where(Terrain.STAIRS_DOWN)) > stairs:
                return
