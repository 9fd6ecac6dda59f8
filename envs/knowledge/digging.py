"""What the hero digs down with, and where."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.objects import DIGGERS
from envs.knowledge.equipment import Equipment
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Square

_DIGGABLE = (Terrain.FLOOR, Terrain.CORRIDOR, Terrain.DOORWAY, Terrain.TRAP)


def can_dig(known: Knowledge) -> bool:
    """Whether the hero carries something that digs through the floor."""
    return digger(known) is not None


def digger(known: Knowledge) -> Item | None:
    """What the hero digs with: the quickest that is carried, or None."""
    return _quickest(known.equipment)


@lru_cache(maxsize=64)
def _quickest(hero: Equipment) -> Item | None:
    """What digs fastest: a wand goes through in a turn."""
    tools = [item for item in hero.items if _digs(item) and item.text not in hero.given_up]
    return min(tools, key=lambda item: item.oclass != nh.WAND_CLASS, default=None)


def _digs(item: Item) -> bool:
    if item.oclass == nh.WAND_CLASS:
        return "wand of digging" in item.name and "(0:0)" not in item.name
    return item.kind in DIGGERS


def digging_spot(known: Knowledge) -> Square | None:
    """Where to dig: here, or the nearest square where the floor is plain."""
    level = known.level
    if level.terrain[known.hero] in _DIGGABLE or level.terrain[known.hero] == Terrain.UNKNOWN:
        return known.hero
    return level.nearest(
        (level.terrain == int(Terrain.FLOOR)) | (level.terrain == int(Terrain.CORRIDOR))
    )
