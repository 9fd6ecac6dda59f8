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
        weapon: value of the best weapon in the pack, see `equipment.weapon_value`.
        digs: whether there is something to dig with.
        ammunition: kinds that fly from the launchers in the pack.
        spare: weight that can still be carried, rounded down to full steps.
    """

    role: str
    race: str
    protection: tuple[tuple[str, int], ...]
    weapon: float
    digs: bool
    ammunition: tuple[str, ...]
    spare: int


def needs_of(known: Knowledge) -> Needs:
    """Return the hero's needs at this moment."""
    spare = max(equipment.room(known.equipment, known.stats), 0)
    step = SMALL_STEP if spare < LITTLE else STEP
    return _needs(known.equipment, spare // step * step)


@lru_cache(maxsize=64)
def _needs(hero: Equipment, spare: int) -> Needs:
    kinds = {item.kind for item in hero.items}
    return Needs(
        hero.role,
        hero.race,
        tuple(sorted(equipment.protection_by_slot(hero).items())),
        equipment.value_in_hand(hero.role, equipment.best_weapon(hero)),
        any(kind in kinds for kind in objects.DIGGERS),
        tuple(sorted({missile for kind in kinds for missile in AMMUNITION.get(kind, ())})),
        spare,
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
    if weight(kind, oclass) > needs.spare:
        return False
    if oclass == nh.FOOD_CLASS:  # tripe, too: before they starve, all eat it
        return kind in objects.NUTRITION or kind == objects.TRIPE
    if kind in THROWN or kind in needs.ammunition:
        return needs.role != "mon" or kind not in WEAPONS
    protection = dict(needs.protection)
    if oclass == nh.ARMOR_CLASS:
        return equipment.may_wear(needs.role, kind) and (
            ARMOR[kind].protection > protection.get(ARMOR[kind].slot, 0)
        )
    if kind not in WEAPONS or (WEAPONS[kind].two_handed and protection.get(SHIELD)):
        return False
    return equipment.weapon_value(needs.role, kind) >= needs.weapon + equipment.CLEARLY_BETTER


@lru_cache(maxsize=512)
def wanted_glyphs(needs: Needs) -> np.ndarray:
    """(5977,) bool by glyph: what deserves to be picked up; not -1, which is no glyph."""
    return by_glyph(partial(worth_taking, needs))
