"""What the hero has to dig with."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs.game import Game
from envs.gear import Gear, gear_of
from envs.inventory import Item
from envs.objects import DIGGERS


def can_dig(game: Game) -> bool:
    """Whether the hero carries something that digs through the floor."""
    return digger(game) is not None


def digger(game: Game) -> Item | None:
    """What digs fastest: a wand goes through in a turn."""
    return _quickest(gear_of(game))


@lru_cache(maxsize=64)
def _quickest(hero: Gear) -> Item | None:
    tools = [item for item in hero.items if _digs(item) and item.text not in hero.given_up]
    return min(tools, key=lambda item: item.oclass != nh.WAND_CLASS, default=None)


def _digs(item: Item) -> bool:
    if item.oclass == nh.WAND_CLASS:
        return "wand of digging" in item.name and "(0:0)" not in item.name
    return item.kind in DIGGERS and not item.unpaid
