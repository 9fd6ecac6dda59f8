"""Quaff and read: potions and scrolls, known ones for their effect and unknown ones in despair."""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.data.monsters import WORST
from envs.knowledge.elbereth import respects
from envs.knowledge.exploring import lost, room_to_push
from envs.knowledge.hunt import on_the_way_to_mines
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.menus import MenuLine
from envs.knowledge.outlook import winning
from envs.knowledge.prayer import healing_potions, in_major_trouble, prayer_ready
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command
from envs.macros.engrave import can_write

HURT, DESPERATE, WELL = 1 / 2, 1 / 3, 0.8  # of the maximum hit points
TASTING_PATIENCE = 10  # turns between two unknown potions: blows are better than most of them
HEAVY_BLOWS = 2 / 3  # of the most that foes can do
WORST_SCROLL = 20  # hit points: the boulder of a scroll of earth (read.c, drop_boulder_on_player)
_MAP = re.compile(r"scrolls? of magic mapping")
_ESCAPE = re.compile(r"scrolls? of teleportation")
_BENEFIT = re.compile(r"scrolls? of (?:enchant armor|enchant weapon|remove curse)")
_CANNOT_READ = nh.BL_MASK_BLIND | nh.BL_MASK_CONF


class Quaff:
    """When hurt, drink a healing potion; when close to death, any unknown one."""

    name = "quaff"
    budget = 30

    def available(self, known: Knowledge) -> bool:
        """Whether, at less than half the hit points, there is healing to drink in danger or major
        trouble, or an unknown potion for who has no other hope; or healing for who is frail and
        hurt, with a foe beside him.
        """
        return known.stats.health < WELL and _drink(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Drink the potion; after an unknown one, no other is tasted for some turns."""
        potion = _drink(known)
        if potion is not None:
            answers = [("Drink from", ord("n")), ("What do you want to drink", ord(potion.letter))]
            yield from _use(known, b"q", potion, answers)
            if " of " not in potion.name:
                known.no_tasting_before = known.stats.turn + TASTING_PATIENCE


class Read:
    """Read a useful or unknown scroll in peace; when close to death, one that may get away."""

    name = "read"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        """Whether the hero can read, and a scroll suits: to get away, in despair; a map, on the way
        to the Mines; either, where no way leads on; or, in health and peace, one of known benefit
        or an unknown one.
        """
        return _scroll(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Read the scroll; agree to teleport if asked, and take the first line of any menu."""
        scroll = _scroll(known)
        if scroll is not None:
            answers = [("want to read", ord(scroll.letter)), ("wish to teleport", ord("y"))]
            yield from _use(known, b"r", scroll, answers)


def _use(known: Knowledge, key: bytes, item: Item, answers: list[tuple[str, int]]) -> Keys:
    turn, before = known.stats.turn, known.inventory
    yield from command(known, key, answers, choose=_first)
    if known.stats.turn == turn and known.inventory == before:
        known.given_up.add(item.text)


def _first(lines: list[MenuLine]) -> str:
    return lines[0].letter if lines else ""


def _drink(known: Knowledge) -> Item | None:
    potions = known.equipment.usable(nh.POTION_CLASS)
    if not potions:
        return None
    danger = bool(threats(known)) or known.engulfed
    hurt, healing = known.stats.health < HURT, healing_potions(known)
    if healing and ((hurt and (danger or in_major_trouble(known))) or _frail(known)):
        return healing[0]
    unknown = [item for item in potions if " of " not in item.name and "clear" not in item.name]
    if not (hurt and danger) or known.stats.turn < known.no_tasting_before or winning(known):
        return None
    return _most(unknown) if _in_despair(known) and _defenceless(known) else None


def _frail(known: Knowledge) -> bool:
    """Whether heavy blows of who is beside the hero may kill within a turn: a dwarf's mattock does
    up to 20. What heals beyond the maximum raises it.
    """
    stats = known.stats
    if stats.health >= WELL:
        return False
    foes = [monster for monster in threats(known, 1) if known.attacks(monster)]
    return stats.hit_points <= HEAVY_BLOWS * sum(WORST[foe.species] for foe in foes)


def _defenceless(known: Knowledge) -> bool:
    """Whether Elbereth is no way out: one unknown potion in nine heals, as many do harm."""
    fearless = any(not respects(monster) for monster in threats(known, 1))
    return fearless or known.engulfed or not can_write(known)


def _scroll(known: Knowledge) -> Item | None:
    if known.stats.condition & _CANNOT_READ or known.stats.hands_full:
        return None
    scrolls = known.equipment.usable(nh.SCROLL_CLASS)
    if not scrolls:
        return None
    unknown = [item for item in scrolls if " labeled " in item.name]
    away = [item for item in scrolls if _ESCAPE.search(item.name)]
    if threats(known):
        return _most(away or unknown) if _in_despair(known) else None
    maps = [item for item in scrolls if _MAP.search(item.name) and not known.level.mapped]
    if maps and on_the_way_to_mines(known) and known.level.frontier is not None:
        return maps[0]
    if (maps or away) and lost(known.level):
        return (maps or away)[0]
    if known.stats.health < WELL or known.hostiles:
        return None
    harmless = [item for item in scrolls if _BENEFIT.search(item.name)]
    return _most(harmless or (unknown if _may_try(known) else []))


def _may_try(known: Knowledge) -> bool:
    """Whether no unknown scroll does lasting harm. Fire and boulders kill a pet beside the hero,
    whose god then helps no more (mon.c, xkilled); in corridors, doors and corners boulders on all
    squares around shut the hero in for good (read.c, SCR_EARTH).
    """
    strong = known.stats.hit_points > WORST_SCROLL
    return strong and not known.pet_beside and room_to_push(known.level, known.hero)


def _most(items: list[Item]) -> Item | None:
    """Return the largest stack: the commonest kinds are the least harmful."""
    return max(items, key=lambda item: item.quantity, default=None)


def _in_despair(known: Knowledge) -> bool:
    """Whether death is near and no prayer would help."""
    helped = in_major_trouble(known) and prayer_ready(known)
    return known.stats.health < DESPERATE and not helped
