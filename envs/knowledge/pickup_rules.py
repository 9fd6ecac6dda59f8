"""What deserves to be picked up, and by whom."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from nle import nethack as nh

from envs.data import objects
from envs.data.object_kinds import by_glyph, weight
from envs.data.objects import AMMUNITION, ARMOR, SHIELD, THROWN, WEAPONS
from envs.knowledge import equipment
from envs.knowledge.equipment import Equipment
from envs.knowledge.knowledge import Knowledge

_LIGHT = (nh.COIN_CLASS, nh.SCROLL_CLASS, nh.POTION_CLASS, nh.WAND_CLASS, nh.RING_CLASS,
          nh.AMULET_CLASS)  # fmt: skip
# Spare capacity is counted in steps, so that few `Needs` differ: in small ones where a meal counts.
LITTLE, SMALL_STEP, STEP = 100, 5, 50


class Needs(NamedTuple):
    """What tells one hero's wants from another's.

    Attributes:
        role, race: as in `Equipment`.
        protection: (slot, protection of the best piece for it in the pack) of every slot.
        worn: (slot, weight of what is worn there), which goes where a better piece takes its place.
        weapon: value of the best weapon in the pack, see `equipment.weapon_value`.
        digs: whether there is something to dig with.
        ammunition: kinds that fly from the launchers in the pack.
        spare: weight that can still be carried through narrow places, rounded down to full steps.
        bearable: weight of armour that can still be put on without a burden, and without keeping
            from narrow places a hero who lays all else down.
    """

    role: str
    race: str
    protection: tuple[tuple[str, int], ...]
    worn: tuple[tuple[str, int], ...]
    weapon: float
    digs: bool
    ammunition: tuple[str, ...]
    spare: int
    bearable: int


def needs_of(known: Knowledge) -> Needs:
    """Return the hero's needs at this moment."""
    hero, stats = known.equipment, known.stats
    spare = equipment.room(hero, stats)
    unburdened = equipment.room(hero, stats, equipment.MAX_CAPACITY)
    bearable = min(unburdened, equipment.SQUEEZE - equipment.load_on(hero))
    return _needs(hero, _in_steps(spare), _in_steps(bearable))


def _in_steps(weight: int) -> int:
    step = SMALL_STEP if weight < LITTLE else STEP
    return max(weight // step * step, 0)


@lru_cache(maxsize=64)
def _needs(hero: Equipment, spare: int, bearable: int) -> Needs:
    kinds = {item.kind for item in hero.items}
    return Needs(
        hero.role,
        hero.race,
        tuple(sorted(equipment.protection_by_slot(hero).items())),
        tuple(sorted((equipment.slot_of(item), item.weight) for item in hero.items if item.worn)),
        equipment.value_in_hand(hero.role, equipment.best_weapon(hero)),
        any(kind in kinds for kind in objects.DIGGERS),
        tuple(sorted({missile for kind in kinds for missile in AMMUNITION.get(kind, ())})),
        spare,
        bearable,
    )


def worth_taking(needs: Needs, kind: str, oclass: int) -> bool:
    """Whether a thing on the floor deserves to be picked up.

    Args:
        kind: see `object_kinds.kind_of`.
        oclass: its object class.
    """
    if kind in objects.DIGGERS:
        return not needs.digs
    if oclass in _LIGHT:
        return needs.spare > 0 or oclass == nh.COIN_CLASS
    if oclass == nh.ARMOR_CLASS:
        return _worth_wearing(needs, kind)
    if weight(kind, oclass) > needs.spare:
        return False
    if oclass == nh.FOOD_CLASS:  # tripe, too: before they starve, all eat it
        return kind in objects.NUTRITION or kind == objects.TRIPE
    if kind in THROWN or kind in needs.ammunition:
        return needs.role != "mon" or kind not in WEAPONS
    if kind not in WEAPONS or (WEAPONS[kind].two_handed and dict(needs.protection).get(SHIELD)):
        return False
    return equipment.weapon_value(needs.role, kind) >= needs.weapon + equipment.CLEARLY_BETTER


def _worth_wearing(needs: Needs, kind: str) -> bool:
    """Whether a piece of armour protects better than what the hero has, and can be borne.

    What it takes the place of is laid off for it, and for the rest of the weight other things.
    """
    if not equipment.may_wear(needs.role, kind):
        return False
    slot, protection = ARMOR[kind]
    more = weight(kind, nh.ARMOR_CLASS) - dict(needs.worn).get(slot, 0)
    return protection > dict(needs.protection).get(slot, 0) and more <= needs.bearable


@lru_cache(maxsize=512)
def wanted_glyphs(needs: Needs) -> np.ndarray:
    """(5977,) bool by glyph: what deserves to be picked up; not -1, which is no glyph."""
    return by_glyph(partial(worth_taking, needs))
