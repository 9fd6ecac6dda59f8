"""Wear and wield: put on the best armour, and take the best weapon in hand."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs import gear
from envs.game import Game
from envs.gear import Gear
from envs.inventory import Item
from envs.macros.base import Keys, command
from envs.objects import BODY, CLOAK, GLOVES

TAKE_OFF, WEAR, WIELD, BARE_HAND = ord("T"), ord("W"), ord("w"), ord("-")
BETTER_THAN_SHOOTING = 4.0  # mean damage, at close quarters


class Wear:
    """Put on armour from the pack where it protects better than what is worn."""

    name = "wear"
    budget = 40

    def available(self, game: Game) -> bool:
        ready = not game.hostiles and _knows_gear(game)
        return ready and to_wear(gear.gear_of(game)) is not None

    def play(self, game: Game) -> Keys:
        item = to_wear(gear.gear_of(game))
        if item is None:
            return
        for hindrance in hindrances(gear.gear_of(game), item):
            yield from _change(game, TAKE_OFF, hindrance)
            if _wears(game, hindrance):  # it was cursed after all
                game.given_up.add(item.text)
                return
        yield from _change(game, WEAR, item)
        if not _wears(game, item):
            game.given_up.add(item.text)


class Wield:
    """Wield the best weapon in the pack, when it is clearly better than what is in the hand."""

    name = "wield"
    budget = 10

    def available(self, game: Game) -> bool:
        return _knows_gear(game) and clearly_better(gear.gear_of(game), _beset(game))

    def play(self, game: Game) -> Keys:
        best = gear.best_weapon(gear.gear_of(game))
        key = ord(best.letter) if best else BARE_HAND
        yield from command(game, (WIELD,), [("What do you want to wield", key)])
        if clearly_better(gear.gear_of(game), _beset(game)):  # what is held is cursed
            game.given_up.add(best.text if best else gear.NO_WEAPON)


@lru_cache(maxsize=64)
def to_wear(hero: Gear) -> Item | None:
    """The piece in the pack that adds most to what is worn in its place, if any adds something."""
    protected = gear.protection_by_slot(hero, carried=False)
    best, most = None, 0
    for item in hero.items:
        if item.worn or not _may_put_on(hero, item):
            continue
        gain = gear.protection(item) - protected.get(gear.slot_of(item), 0)
        if gain > most and not _held_fast(hero, item):
            best, most = item, gain
    return best


def hindrances(hero: Gear, item: Item) -> list[Item]:
    """What is to be taken off first: what is worn in its place, and a cloak over body armour."""
    slots = [CLOAK, BODY] if gear.slot_of(item) == BODY else [gear.slot_of(item)]
    return [piece for slot in slots if (piece := gear.worn(hero, slot)) is not None]


@lru_cache(maxsize=64)
def clearly_better(hero: Gear, beset: bool = False) -> bool:
    """Whether the best weapon in the pack is much better than the one in the hand.

    A launcher with missiles for it stays in the hand: it is for shooting. Only where a monster is
    beside the hero does it make way for a good sword.
    """
    held, best = gear.wielded(hero), gear.best_weapon(hero)
    if best is held or (held is not None and held.buc == "cursed"):
        return False
    if best is None and gear.NO_WEAPON in hero.given_up:
        return False
    value = gear.value_in_hand(hero.role, best)
    if held is not None and gear.shoots(hero, held):
        return beset and value >= BETTER_THAN_SHOOTING
    return value - gear.value_in_hand(hero.role, held) >= gear.CLEARLY_BETTER


def _knows_gear(game: Game) -> bool:
    """Whether the hero has hands, and sees things as they are: hallucinations change the glyphs."""
    return not (game.transformed or game.stats.condition & nh.BL_MASK_HALLU)


def _beset(game: Game) -> bool:
    return any(game.adjacent(monster.square) for monster in game.hostiles)


def _may_put_on(hero: Gear, item: Item) -> bool:
    known_bad = item.buc == "cursed" or item.unpaid or item.text in hero.given_up
    return not known_bad and gear.may_wear(hero.role, item.kind)


def _held_fast(hero: Gear, item: Item) -> bool:
    """Whether a cursed thing is in the way (do_wear.c, canwearobj and select_off)."""
    in_the_way = hindrances(hero, item)
    held = gear.wielded(hero)
    if gear.slot_of(item) == GLOVES and held is not None:
        in_the_way.append(held)
    return any(piece.buc == "cursed" for piece in in_the_way)


def _change(game: Game, key: int, item: Item) -> Keys:
    yield from command(game, (key,), [("What do you want to", ord(item.letter))])


def _wears(game: Game, item: Item) -> bool:
    return any(other.letter == item.letter and other.worn for other in game.inventory)
