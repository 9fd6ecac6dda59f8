"""Which squares belong to shops."""

from __future__ import annotations

from envs.data.glyphs import Terrain, species_named
from envs.knowledge.level import Level, Square
from envs.knowledge.paths import HEIGHT, WIDTH

SHOPKEEPERS = species_named("shopkeeper")


def remember_shop(level: Level) -> None:
    """Notes the shop of the keeper who is in view, if one is, in `Level.shop`."""
    for monster in level.monsters:
        if monster.species in SHOPKEEPERS:
            level.shop |= _room(level, monster.square)


def _room(level: Level, inside: Square) -> set[Square]:
    """The connected floor around a square, up to walls and doors."""
    found, edge = {inside}, [inside]
    while edge:
        y, x = edge.pop()
        for near_y in range(max(y - 1, 0), min(y + 2, HEIGHT)):
            for near_x in range(max(x - 1, 0), min(x + 2, WIDTH)):
                near = near_y, near_x
                if near not in found and level.terrain[near] == Terrain.FLOOR:
                    found.add(near)
                    edge.append(near)
    return found
