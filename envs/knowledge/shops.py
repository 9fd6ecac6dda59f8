"""Which squares belong to shops."""

from __future__ import annotations

import re

import numpy as np

from envs.data.glyphs import Terrain, species_named
from envs.knowledge import paths
from envs.knowledge.level import Level
from envs.knowledge.paths import Square

SHOPKEEPERS = species_named("shopkeeper")


WELCOME = re.compile(r"Welcome(?: again)? to .+!\"")  # says the keeper to who comes in, or falls


def remember_shop(level: Level) -> None:
    """Note the shop of the keeper who is in view, if one is, in `Level.shop`; and what else has
    come into view of the one that is known. It is not explored: there are no stairs in it.
    """
    inside = {monster.square for monster in level.monsters if monster.species in SHOPKEEPERS}
    for square in inside | set(list(level.shop)[:1]):
        found = _room(level, square) - level.shop
        level.shop |= found
        level.leave_unexplored(found)


def welcomed(level: Level, hero: Square, message: str) -> None:
    """Note the shop that the hero stands in, by what its keeper, perhaps out of view, just said."""
    if WELCOME.search(message):
        level.shop |= {hero}
        remember_shop(level)


def _room(level: Level, inside: Square) -> set[Square]:
    """Return the connected floor around a square, up to walls and doors."""
    dist = np.empty(level.terrain.shape, np.int16)
    beyond = level.terrain != int(Terrain.FLOOR)
    paths.distances(level.terrain, beyond, paths.NO_ROCK, 0, *inside, dist)
    squares = np.flatnonzero(dist != paths.UNREACHABLE).tolist()
    return {divmod(square, paths.WIDTH) for square in squares}
