"""Pickup: fetch useful things that lie about."""

from __future__ import annotations

import numpy as np
from nle import nethack as nh

from envs import glyphs
from envs.game import Game
from envs.level import Square
from envs.macros.base import Keys, command, walk
from envs.menus import MenuLine
from envs.monsters import KEEPERS

_LIGHT = (nh.COIN_CLASS, nh.SCROLL_CLASS, nh.POTION_CLASS, nh.WAND_CLASS, nh.RING_CLASS,
          nh.AMULET_CLASS)  # fmt: skip
_HEADINGS = ("Coins", "Comestibles", "Scrolls", "Potions", "Wands", "Rings", "Amulets")
_UNWANTED_FOOD = ("corpse", "tin", "egg")


def _worth_having() -> np.ndarray:
    """(5977,) bool by glyph: gold, light magic, and food that keeps; not -1, which is no glyph."""
    table = np.zeros(nh.MAX_GLYPH + 1, np.bool_)
    for kind, (name, oclass) in enumerate(
        zip(glyphs.OBJECT_NAMES, glyphs.OBJECT_CLASSES, strict=True)
    ):
        food = oclass == nh.FOOD_CLASS and name not in _UNWANTED_FOOD
        table[nh.GLYPH_OBJ_OFF + kind] = food or oclass in _LIGHT
    return table


WORTH_HAVING = _worth_having()


class Pickup:
    """Walk to the nearest gold, food, scroll, potion, wand, ring or amulet, and pick it up."""

    name = "pickup"
    budget = 80

    def available(self, game: Game) -> bool:
        return nearest_wanted(game) is not None

    def play(self, game: Game) -> Keys:
        target, level = nearest_wanted(game), game.level
        if target is None:
            return
        yield from walk(game, target)
        if game.hero != target or game.level is not level:
            return
        yield from command(game, b",", choose=_useful)
        level.ignored.add(target)


def _useful(lines: list[MenuLine]) -> str:
    return "".join(
        line.letter
        for line in lines
        if line.heading in _HEADINGS and not any(word in line.text for word in _UNWANTED_FOOD)
    )


def nearest_wanted(game: Game) -> Square | None:
    """The nearest square with something worth having; nothing in sight of a shopkeeper."""
    level = game.level
    if any(monster.species in KEEPERS for monster in level.monsters):
        return None
    wanted = WORTH_HAVING.take(level.objects)
    for square in level.ignored:
        wanted[square] = False
    return level.nearest(wanted)
