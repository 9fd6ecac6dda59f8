"""Pickup: fetch useful things that lie about."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from nle import nethack as nh

from envs.data.monsters import STATIONARY
from envs.data.object_kinds import kind_of
from envs.data.objects import ARMOR, DIGGERS
from envs.knowledge import paths, pickup_rules
from envs.knowledge.corpses import corpse_at
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import WHATEVER_IS_LEFT
from envs.knowledge.menus import MenuLine
from envs.knowledge.paths import Square
from envs.macros.base import Keys, command, walk
from envs.macros.heaps import look_through, nearest_heap

_CLASSES = {
    "Coins": nh.COIN_CLASS, "Comestibles": nh.FOOD_CLASS, "Scrolls": nh.SCROLL_CLASS,
    "Potions": nh.POTION_CLASS, "Wands": nh.WAND_CLASS, "Rings": nh.RING_CLASS,
    "Amulets": nh.AMULET_CLASS, "Weapons": nh.WEAPON_CLASS, "Armor": nh.ARMOR_CLASS,
    "Tools": nh.TOOL_CLASS, "Gems/Stones": nh.GEM_CLASS,
}  # fmt: skip
_DEAR, _CURSED = re.compile(r"\(for sale|\(unpaid"), re.compile(r"\bcursed ")
# A tool to dig with is worth any burden, and armour is soon worn; what else is heavy stays.
_HAULED = (*DIGGERS, "broad pick", *ARMOR)
_WEIGHTY = [*((kind, ord("y")) for kind in _HAULED), ("Continue?", ord("n"))]
FULL = 52  # letters for items (invent.c, inv_cnt)
NEAR = 4  # steps; what lies farther off waits until no hostile is in view


class Pickup:
    """Walk to the nearest thing, or heap that may hide one, of use to this hero, and pick it up."""

    name = "pickup"
    budget = 80

    def available(self, known: Knowledge) -> bool:
        """Whether the hero, unburdened and with letters to spare, can get to what may be of use."""
        return able(known) and _target(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Walk there, look a heap through, take what is of use, and put back what is for sale."""
        target = _target(known)
        if target is not None:
            yield from fetch_from(known, target)


def fetch_from(known: Knowledge, target: Square, until: Callable[[], bool] = lambda: False) -> Keys:
    """Walk to a square and take what is of use there; give up on the way where `until` holds."""
    level = known.level
    yield from walk(known, target, until=lambda: target in level.shop or until())
    if known.hero != target or known.level is not level or target in level.shop:
        return
    if not _wanted(known)[target]:
        several = yield from look_through(known)
        if not several:
            return
    yield from take(known)


def take(known: Knowledge) -> Keys:
    """Take what is of use of the things underfoot, and lay down what would have to be paid."""
    needs, before = pickup_rules.needs_of(known), _possessions(known)
    level, square = known.level, known.hero
    yield from command(known, b",", _WEIGHTY, choose=lambda lines: _useful(needs, lines))
    if not _fresh_on_top(known):
        level.objects[square] = -1  # what is left there will be seen from the next square
    level.searched_heaps[square] = WHATEVER_IS_LEFT
    unable = _possessions(known) == before or known.heard("trouble lifting")
    if unable and not known.heard("nothing here"):  # somebody else was faster
        level.ignored.add(square)
    for item in [item for item in known.inventory if item.unpaid]:
        level.ignored.add(square)
        yield from command(known, b"d" + item.letter.encode())


def _fresh_on_top(known: Knowledge) -> bool:
    """Whether a fresh corpse lies on top underfoot: it stays there, and may be eaten at once."""
    level, square = known.level, known.hero
    corpse = square in level.fresh_corpses and corpse_at(level, square) >= 0
    return corpse and not _wanted(known)[square]


def _target(known: Knowledge) -> Square | None:
    return nearest_wanted(known) or nearest_heap(known, known.level.shop)


def able(known: Knowledge, burden: int = 0) -> bool:
    """Whether the hero can pick things up, and is burdened by no more than this degree."""
    stats = known.stats
    floats = stats.condition & nh.BL_MASK_LEV
    return stats.burden <= burden and not floats and len(known.inventory) < FULL


def _possessions(known: Knowledge) -> tuple[object, ...]:
    return known.inventory, known.stats.gold


def _useful(needs: pickup_rules.Needs, lines: list[MenuLine]) -> str:
    return "".join(
        line.letter
        for line in lines
        if line.heading in _CLASSES
        and not _spoilt(line.text)
        and pickup_rules.worth_taking(needs, kind_of(line.text), _CLASSES[line.heading])
    )


def _spoilt(text: str) -> bool:
    """Whether a thing is not to be taken, whatever it is; a tool digs though it is cursed."""
    return bool(_DEAR.search(text) or (_CURSED.search(text) and kind_of(text) not in DIGGERS))


def nearest_wanted(known: Knowledge) -> Square | None:
    """Return the nearest square with something worth having; far ones only if no hostile is in
    view.
    """
    level, wanted = known.level, _wanted(known)
    if not paths.any_of(wanted):
        return None
    nearest = level.nearest(wanted)
    if nearest is None or (level.dist[nearest] > NEAR and _threatened(known)):
        return None
    return nearest


def _wanted(known: Knowledge) -> np.ndarray:
    """(21, 79) bool: where something worth having is in view, and may be had."""
    level = known.level
    wanted: np.ndarray = pickup_rules.wanted_glyphs(pickup_rules.needs_of(known))[level.objects]
    if paths.any_of(wanted):
        for square in level.ignored | level.shop:
            wanted[square] = False
    return wanted


def _threatened(known: Knowledge) -> bool:
    """Whether a hostile monster that can move is in view."""
    return any(not STATIONARY[monster.species] for monster in known.hostiles)
