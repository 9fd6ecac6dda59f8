"""Drop: get rid of what weighs too much."""

from __future__ import annotations

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


class Drop:
    """When burdened, drop the least useful heavy things until the pack is light enough."""

    name = "drop"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        return known.stats.burden > 0 and least_useful(known.equipment) is not None

    def play(self, known: Knowledge) -> Keys:
        while known.stats.burden and (item := least_useful(known.equipment)) is not None:
            before = known.inventory
            known.level.ignored.add(known.hero)
            yield from command(
                known, b"d", [("What do you want to drop", ord(item.letter)), *_SALE]
            )
            if known.inventory == before:
                known.given_up.add(item.text)


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
    """Whether there is a launcher for it in the pack."""
    return any(item.kind in objects.AMMUNITION.get(other.kind, ()) for other in hero.items)
