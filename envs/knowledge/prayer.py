"""When a prayer is answered."""

from __future__ import annotations

import re
from bisect import bisect_right

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.objects import DIGGERS
from envs.knowledge import equipment
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.nethack.dungeons import GEHENNOM

# pray.c, can_pray: in major trouble a prayer works while the timeout is at most 200; it starts at
# 300, falls by one a turn, and is set anew to 50 to 1,000 by a prayer.
FIRST_PRAYER = 300 - 200
BETWEEN_PRAYERS = 1_000 - 200
MORE_IF_MINOR = 200 - 100  # turns more: minor trouble is mended while the timeout is at most 100
AT_DEATHS_DOOR = 250  # turns: three of five prayers so early are answered (rnd.c, rnz)
_HEALING = re.compile(r"potions? of (?:extra |full )?healing")
LOW_HIT_POINTS, HIT_POINTS_PER_LEVEL = 5, 15  # pray.c, critically_low_hp
DEADLY = (
    nh.BL_MASK_STONE | nh.BL_MASK_SLIME | nh.BL_MASK_STRNGL | nh.BL_MASK_FOODPOIS
    | nh.BL_MASK_TERMILL
)  # fmt: skip


def in_major_trouble(known: Knowledge) -> bool:
    """Critically low hit points, weak from hunger, or dying of an illness (pray.c, in_trouble)."""
    stats = known.stats
    return critically_low(known) or stats.hunger >= Hunger.WEAK or bool(stats.condition & DEADLY)


def in_lasting_trouble(known: Knowledge) -> bool:
    """Lycanthropy, or both hands stuck to a cursed weapon: what a god mends as well, and what costs
    armour, or all other tools, in the long run (pray.c, in_trouble).
    """
    gear = known.equipment
    held = equipment.wielded(gear)
    cursed = held is not None and held.buc == "cursed"
    return known.feverish or (cursed and equipment.holds_two_handed(gear))


def in_minor_trouble(known: Knowledge) -> bool:
    """Gloves or boots of fumbling, an iron ball on a chain, which may kill on the way down, or a
    cursed weapon in hand that keeps from digging: a god mends it if there is nothing worse (pray.c,
    in_trouble).
    """
    held = equipment.wielded(known.equipment)
    welded = held is not None and held.buc == "cursed" and held.kind not in DIGGERS
    stuck = welded and any(item.kind in DIGGERS for item in known.inventory)
    return known.fumbles or known.chained or stuck


def critically_low(known: Knowledge) -> bool:
    """Whether hit points are so low that a god helps: below 6, or at most a fraction of the maximum
    that falls from 1/5 to 1/9 as the hero gains levels (pray.c, critically_low_hp).
    """
    stats = known.stats
    level = stats.experience_level
    divisor = 5 + bisect_right((6, 14, 22, 30), level)  # botl.c, xlev_to_rank
    counted = min(stats.max_hit_points, HIT_POINTS_PER_LEVEL * level)
    return stats.hit_points <= LOW_HIT_POINTS or stats.hit_points * divisor <= counted


def healing_potions(known: Knowledge) -> list[Item]:
    """Return what the pack holds to drink for hit points."""
    potions = known.equipment.usable(nh.POTION_CLASS)
    return [item for item in potions if _HEALING.search(item.name)]


def prayer_ready(known: Knowledge, minor: bool = False) -> bool:
    """Whether the prayer timeout has most likely run down far enough, to 100 for minor trouble, and
    the god is not angry.

    On furniture no prayer is risked: it may be the altar of another god.
    """
    turn = known.stats.turn
    if known.stats.dungeon == GEHENNOM or known.level.kind_at(known.hero) == Terrain.FURNITURE:
        return False
    if turn < known.no_prayer_before:
        return False
    if known.last_prayer is None:
        return turn > FIRST_PRAYER + MORE_IF_MINOR * minor
    if minor:
        return turn - known.last_prayer > BETWEEN_PRAYERS + MORE_IF_MINOR
    helpless = critically_low(known) and not healing_potions(known)
    dying = helpless or known.stats.hunger >= Hunger.FAINTING
    return turn - known.last_prayer > (AT_DEATHS_DOOR if dying else BETWEEN_PRAYERS)
