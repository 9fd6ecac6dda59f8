"""Wear and wield: put on the best armour, and take the best weapon in hand."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs.data.objects import BODY, CLOAK, GLOVES
from envs.knowledge import equipment
from envs.knowledge.equipment import Equipment
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.macros.base import Keys, command

TAKE_OFF, WEAR, WIELD, BARE_HAND = ord("T"), ord("W"), ord("w"), ord("-")
BETTER_THAN_SHOOTING = 4.0  # mean damage, at close quarters


class Wear:
    """Put on armour from the pack where it protects better than what is worn."""

    name = "wear"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        """Whether hands and eyes serve, no hostile is in view, and a better piece can be put on."""
        ready = not known.hostiles and _knows_gear(known)
        return ready and to_wear(known.equipment) is not None

    def play(self, known: Knowledge) -> Keys:
        """Take off what is in the way and put the piece on; give it up if something is stuck."""
        item = to_wear(known.equipment)
        if item is None:
            return
        for hindrance in hindrances(known.equipment, item):
            yield from _change(known, TAKE_OFF, hindrance)
            if _wears(known, hindrance):  # it was cursed after all
                known.given_up.add(item.text)
                return
        yield from _change(known, WEAR, item)
        if not _wears(known, item):
            known.given_up.add(item.text)


class Wield:
    """Wield the best weapon in the pack, when it is clearly better than what is in the hand."""

    name = "wield"
    budget = 10

    def available(self, known: Knowledge) -> bool:
        """Whether the best weapon clearly beats what is held, which is not known to be cursed."""
        return _knows_gear(known) and clearly_better(known.equipment, _beset(known))

    def play(self, known: Knowledge) -> Keys:
        """Take the best weapon, or none, in hand; give it up if what was held sticks there."""
        best = equipment.best_weapon(known.equipment)
        key = ord(best.letter) if best else BARE_HAND
        yield from command(known, (WIELD,), [("What do you want to wield", key)])
        if clearly_better(known.equipment, _beset(known)):  # what is held is cursed
            known.given_up.add(best.text if best else equipment.NO_WEAPON)


@lru_cache(maxsize=64)
def to_wear(hero: Equipment) -> Item | None:
    """Return the piece in the pack that adds most to what is worn in its place, if any adds
    something and the hero, who can't lay it down as easily, still gets through narrow places.
    """
    protected = equipment.protection_by_slot(hero, carried=False)
    best, most = None, 0
    for item in hero.items:
        if item.worn or not _may_put_on(hero, item):
            continue
        gain = equipment.protection(item) - protected.get(equipment.slot_of(item), 0)
        if gain > most and not _held_fast(hero, item) and not _too_heavy(hero, item):
            best, most = item, gain
    return best


def hindrances(hero: Equipment, item: Item) -> list[Item]:
    """Return what is to be taken off first: what is worn in its place, and a cloak over body
    armour.
    """
    slots = [CLOAK, BODY] if equipment.slot_of(item) == BODY else [equipment.slot_of(item)]
    return [piece for slot in slots if (piece := equipment.worn(hero, slot)) is not None]


@lru_cache(maxsize=64)
def clearly_better(hero: Equipment, beset: bool = False) -> bool:
    """Whether the best weapon in the pack is much better than the one in the hand.

    A launcher with missiles for it stays in the hand: it is for shooting. Only where a monster is
    beside the hero does it make way for a good sword.
    """
    held, best = equipment.wielded(hero), equipment.best_weapon(hero)
    if best is held or (held is not None and held.buc == "cursed"):
        return False
    if best is None and equipment.NO_WEAPON in hero.given_up:
        return False
    value = equipment.value_in_hand(hero.role, best)
    if held is not None and equipment.shoots(hero, held):
        return beset and value >= BETTER_THAN_SHOOTING
    return value - equipment.value_in_hand(hero.role, held) >= equipment.CLEARLY_BETTER


def _knows_gear(known: Knowledge) -> bool:
    """Whether the hero has hands, and sees things as they are: hallucinations change the glyphs."""
    return not (known.transformed or known.stats.condition & nh.BL_MASK_HALLU)


def _beset(known: Knowledge) -> bool:
    return any(known.adjacent(monster.square) for monster in known.hostiles)


def _may_put_on(hero: Equipment, item: Item) -> bool:
    good = item.buc != "cursed" and hero.may_use(item)
    return good and equipment.may_wear(hero.role, item.kind)


def _held_fast(hero: Equipment, item: Item) -> bool:
    """Whether a cursed thing is in the way (do_wear.c, canwearobj and select_off)."""
    in_the_way = hindrances(hero, item)
    held = equipment.wielded(hero)
    both_hands = equipment.slot_of(item) == BODY and equipment.holds_two_handed(hero)
    if held is not None and (equipment.slot_of(item) == GLOVES or both_hands):
        in_the_way.append(held)
    return any(piece.buc == "cursed" for piece in in_the_way)


def _too_heavy(hero: Equipment, item: Item) -> bool:
    before = equipment.worn(hero, equipment.slot_of(item))
    more = item.weight - (before.weight if before else 0)
    return more > 0 and equipment.load_on(hero) + more > equipment.SQUEEZE


def _change(known: Knowledge, key: int, item: Item) -> Keys:
    yield from command(known, (key,), [("What do you want to", ord(item.letter))])


def _wears(known: Knowledge, item: Item) -> bool:
    return any(other.letter == item.letter and other.worn for other in known.inventory)
