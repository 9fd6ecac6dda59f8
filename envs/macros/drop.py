"""Drop: get rid of what weighs too much, or leaves no room for better things."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs.data import objects
from envs.knowledge import equipment
from envs.knowledge.equipment import Equipment
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.macros.base import Keys, command

_KEPT = (nh.COIN_CLASS, nh.SCROLL_CLASS, nh.WAND_CLASS, nh.RING_CLASS, nh.AMULET_CLASS)
_USELESS, _SPARE, _USEFUL = range(3)
_SALE = [("Sell it?", ord("y")), ("Sell them?", ord("y"))]  # a shopkeeper may ask

ROOM = 100  # weight that is kept free for food and what else is found
BALLAST = 25  # what a useless thing weighs at least to be worth the turn


class Drop:
    """Drop the least useful heavy things when burdened, and ballast that leaves no room for food.

    A caveman begins with two dozen rocks and a knight with a lance, and neither could take up as
    much as an apple (u_init.c; hack.c, weight_cap).
    """

    name = "drop"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        """Whether the burdened can spare a thing, or ballast leaves little room for better."""
        return _too_much(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Drop, or sell in a shop, one stack after another until nothing more has to go."""
        while (item := _too_much(known)) is not None:
            before, level, square = known.inventory, known.level, known.hero
            yield from command(
                known, b"d", [("What do you want to drop", ord(item.letter)), *_SALE]
            )
            level.ignored.add(square)
            if known.inventory == before:
                known.given_up.add(item.text)


def _too_much(known: Knowledge) -> Item | None:
    """Return what is to be dropped next, if anything is."""
    hero = known.equipment
    if known.stats.burden:
        return least_useful(hero)
    item = _ballast(hero)
    return item if item is not None and equipment.room(hero, known.stats) < ROOM else None


@lru_cache(maxsize=64)
def _ballast(hero: Equipment) -> Item | None:
    """Return what is heavy, and of no use at all."""
    item = least_useful(hero)
    heavy = item is not None and item.weight >= BALLAST and _use(hero, item) == _USELESS
    return item if heavy else None


@lru_cache(maxsize=64)
def least_useful(hero: Equipment) -> Item | None:
    """Return what to drop first: the least useful, and among equals the heaviest."""
    best = equipment.best_weapon(hero)
    loose = [item for item in hero.items if _may_go(hero, item) and item is not best]
    return min(loose, key=lambda item: (_use(hero, item), -item.weight), default=None)


def _may_go(hero: Equipment, item: Item) -> bool:
    if item.equipped or item.oclass in _KEPT or item.text in hero.given_up or not item.weight:
        return False
    return item.kind not in objects.DIGGERS or item is not _first_digger(hero)


def _first_digger(hero: Equipment) -> Item | None:
    """Return the lightest thing to dig with."""
    diggers = [item for item in hero.items if item.kind in objects.DIGGERS]
    return min(diggers, key=lambda item: item.weight, default=None)


def _use(hero: Equipment, item: Item) -> int:
    if item.oclass == nh.ARMOR_CLASS:
        better = equipment.may_wear(hero.role, item.kind) and equipment.protection(item) > (
            equipment.protection_by_slot(hero, carried=False).get(equipment.slot_of(item), 0)
        )
        return _SPARE if better else _USELESS
    if item.kind in objects.NUTRITION or item.oclass == nh.POTION_CLASS:
        return _USEFUL
    if item.kind in objects.THROWN or equipment.shoots(hero, item) or _flies(hero, item):
        return _SPARE
    return _USELESS


def _flies(hero: Equipment, item: Item) -> bool:
    """Whether the hero shoots it with a launcher from the pack."""
    return any(
        item.kind in objects.AMMUNITION.get(other.kind, ()) and equipment.shoots_with(hero, other)
        for other in hero.items
    )
