"""Which squares belong to shops."""

from __future__ import annotations

import numpy as np

from envs.data.glyphs import Terrain, species_named
from envs.knowledge import paths
from envs.knowledge.level import Level
from envs.knowledge.paths import Square

SHOPKEEPERS = species_named("shopkeeper")


def remember_shop(level: Level) -> None:
    """Note the shop of the keeper who is in view, if one is, in `Level.shop`."""
    for monster in level.monsters:
        if monster.species in SHOPKEEPERS:
            level.shop |= _room(level, monster.square)


def _room(level: Level, inside: Square) -> set[Square]:
    """Return the connected floor around a square, up to walls and doors."""
    dist = np.empty(level.terrain.shape, np.int16)
    beyond = level.terrain != int(Terrain.FLOOR)
    paths.distances(level.terrain, beyond, paths.NO_ROCK, False, *inside, dist)
    squares = np.flatnonzero(dist != paths.UNREACHABLE).tolist()
    return {divmod(square, paths.WIDTH) for square in squares}
