"""Pickup: fetch useful things that lie about."""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.data.object_kinds import kind_of
from envs.knowledge import pickup_rules
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Square
from envs.knowledge.menus import MenuLine
from envs.macros.base import Keys, command, walk

_CLASSES = {
    "Coins": nh.COIN_CLASS, "Comestibles": nh.FOOD_CLASS, "Scrolls": nh.SCROLL_CLASS,
    "Potions": nh.POTION_CLASS, "Wands": nh.WAND_CLASS, "Rings": nh.RING_CLASS,
    "Amulets": nh.AMULET_CLASS, "Weapons": nh.WEAPON_CLASS, "Armor": nh.ARMOR_CLASS,
    "Tools": nh.TOOL_CLASS, "Gems/Stones": nh.GEM_CLASS,
}  # fmt: skip
_UNWANTED = re.compile(r"\bcursed |\(for sale|\(unpaid")
FULL = 52  # letters for items (invent.c, inv_cnt)
NEAR = 4  # steps; what lies farther off waits until no hostile is in view


class Pickup:
    """Walk to the nearest thing that is useful to this hero, and pick it up; not in shops."""

    name = "pickup"
    budget = 80

    def available(self, known: Knowledge) -> bool:
        return _able(known) and nearest_wanted(known) is not None

    def play(self, known: Knowledge) -> Keys:
        target, level = nearest_wanted(known), known.level
        if target is None:
            return
        yield from walk(known, target, until=lambda: target in level.shop)
        if known.hero != target or known.level is not level or target in level.shop:
            return
        needs, before = pickup_rules.needs_of(known), _possessions(known)
        yield from command(
            known, b",", [("Continue?", ord("n"))], choose=lambda lines: _useful(needs, lines)
        )
        level.objects[target] = -1  # what is left there will be seen from the next square
        unable = _possessions(known) == before or known.heard("trouble lifting")
        if unable and not known.heard("nothing here"):  # somebody else was faster
            level.ignored.add(target)
        for item in [item for item in known.inventory if item.unpaid]:
            level.ignored.add(target)
            yield from command(known, b"d" + item.letter.encode())


def _able(known: Knowledge) -> bool:
    stats = known.stats
    floats = stats.condition & nh.BL_MASK_LEV
    return not (stats.burden or floats) and len(known.inventory) < FULL


def _possessions(known: Knowledge) -> tuple[object, ...]:
    return known.inventory, known.stats.gold


def _useful(needs: pickup_rules.Needs, lines: list[MenuLine]) -> str:
    return "".join(
        line.letter
        for line in lines
        if line.heading in _CLASSES
        and not _UNWANTED.search(line.text)
        and pickup_rules.worth_taking(needs, kind_of(line.text), _CLASSES[line.heading])
    )


def nearest_wanted(known: Knowledge) -> Square | None:
    """The nearest square with something worth having; far ones only if no hostile is in view."""
    level = known.level
    wanted = pickup_rules.wanted_glyphs(pickup_rules.needs_of(known)).take(level.objects)
    for square in (*level.ignored, *level.shop):
        wanted[square] = False
    if not wanted.any():
        return None
    nearest = level.nearest(wanted)
    if nearest is None or (level.dist[nearest] > NEAR and _threatened(known)):
        return None
    return nearest


def _threatened(known: Knowledge) -> bool:
    """Whether a hostile monster that can move is in view."""
    return any(m.species < 0 or nh.permonst(m.species).mmove > 0 for m in known.hostiles)
