"""Food that keeps: what of the pack is eaten first, and what of it lies about (eat.c)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from envs.data.object_kinds import JAPANESE, by_glyph
from envs.data.objects import MEAT, NUTRITION, TRIPE
from envs.knowledge import equipment
from envs.knowledge.equipment import Equipment
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.paths import Square

TRIPE_NUTRITION = 200
REACH = 30  # steps to food that the hungry go for


def ration(known: Knowledge) -> Item | None:
    """Return food from the pack: first what has been begun, then what fills most."""
    hero = known.equipment
    edible = [item for item in hero.items if _eats(known, item.kind) and hero.may_use(item)]
    return min(edible, key=lambda item: _reluctance(hero, item), default=None)


def lying_about(known: Knowledge) -> Square | None:
    """Return the nearest square with food on top, outside shops."""
    level = known.level
    wanted: np.ndarray = _glyphs(what_is_eaten(known))[level.objects]
    if not wanted.any():
        return None
    for square in level.shop | level.ignored:
        wanted[square] = False
    nearest = level.nearest(wanted)
    return nearest if nearest is not None and level.dist[nearest] <= REACH else None


def what_is_eaten(known: Knowledge) -> frozenset[str]:
    """Return the kinds of food that the hero eats now, also as samurai call them."""
    kinds = {kind for kind in (*NUTRITION, TRIPE) if _eats(known, kind)}
    return frozenset(kinds | {name for name, kind in JAPANESE.items() if kind in kinds})


def _eats(known: Knowledge, kind: str) -> bool:
    """Whether a kind of food keeps, and is regretted less than hunger."""
    if kind not in NUTRITION and kind != TRIPE:
        return False
    return known.stats.hunger >= Hunger.WEAK or not _regretted(known.equipment, kind)


def _regretted(hero: Equipment, kind: str) -> bool:
    """Whether a meal makes the hero sick, or breaks a monk's vow (eat.c)."""
    if hero.role == "mon" and (kind in MEAT or kind == TRIPE):
        return True
    return kind == TRIPE and not equipment.eats_tripe(hero.role, hero.race)


def _reluctance(hero: Equipment, item: Item) -> tuple[bool, bool, bool, int]:
    return (
        _regretted(hero, item.kind), item.buc == "cursed", "partly eaten" not in item.text,
        -NUTRITION.get(item.kind, TRIPE_NUTRITION),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _glyphs(kinds: frozenset[str]) -> np.ndarray:
    return by_glyph(lambda kind, oclass: kind in kinds)
