"""Descend and ascend: walk to the nearest known stairs and take them."""

from __future__ import annotations

from envs.game import Game
from envs.glyphs import Terrain
from envs.level import Square
from envs.macros.base import Keys, command, walk


class Descend:
    """Walk to the nearest known stairs down and take them."""

    name = "descend"
    budget = 120

    def available(self, game: Game) -> bool:
        return _nearest(game, Terrain.STAIRS_DOWN) is not None

    def play(self, game: Game) -> Keys:
        yield from _take(game, Terrain.STAIRS_DOWN, ord(">"), Terrain.STAIRS_UP)


class Ascend:
    """Walk to the nearest known stairs up and take them; never out of the dungeon."""

    name = "ascend"
    budget = 120

    def available(self, game: Game) -> bool:
        leaves_dungeon = game.stats.dungeon == 0 and game.stats.level == 1
        return not leaves_dungeon and _nearest(game, Terrain.STAIRS_UP) is not None

    def play(self, game: Game) -> Keys:
        yield from _take(game, Terrain.STAIRS_UP, ord("<"), Terrain.STAIRS_DOWN)


def _nearest(game: Game, kind: Terrain) -> Square | None:
    return game.level.nearest(game.level.terrain == int(kind))


def _take(game: Game, kind: Terrain, key: int, arrives_on: Terrain) -> Keys:
    target, level = _nearest(game, kind), game.level
    if target is None:
        return
    yield from walk(game, target)
    if game.hero != target or game.level is not level:
        return
    yield from command(game, (key,))
    if game.level is not level:  # the hero covers the stairs that lead back
        game.level.set_terrain(game.hero, arrives_on)
    elif game.heard("can't go down here", "can't go up here"):
        level.set_terrain(target, Terrain.FLOOR)  # remembered wrongly, or a mimic
