"""Throw: missiles by hand or from a launcher, at monsters in line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nle import nethack as nh

from envs.data.monsters import GAS_SPORE, NEVER_MELEE, threatening
from envs.data.objects import AMMUNITION, DARTS, DIGGERS, THROWN
from envs.knowledge.equipment import (
    Equipment,
    best_weapon,
    shoots_with,
    value_in_hand,
    weapon_value,
    wielded,
)
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import Square, on_the_map
from envs.knowledge.peace import Monster
from envs.knowledge.threats import dangerous, threats
from envs.macros.aim import FAR, Shot, flies, look, may_be_peaceful, shots
from envs.macros.barred import barring
from envs.macros.base import DIRECTIONS, Keys, command, walk

TO_WIELD = 4  # squares to a monster from which it is worth a turn to take the launcher in hand
MISSILES_TO_SPARE = 5  # to spend on what does no harm when left alone
OUT_OF_BLAST = 4  # squares to go off from one, which follows at a quarter of the hero's speed


class Missile(NamedTuple):
    """What may be sent at a monster.

    Attributes:
        item: in the pack.
        launcher: that shoots it; None for what is thrown by hand.
        ready: whether it can be sent at once, or the launcher must be taken in hand first.
        least: squares to a monster that it is for.
    """

    item: Item
    launcher: Item | None
    ready: bool
    least: int


class Throw:
    """Throw daggers and the like, or shoot, at a hostile monster in line; anything at need."""

    name = "throw"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        """Whether a missile suits a monster in line, or one that bars the only way on can be thrown
        at from elsewhere.
        """
        if not (known.hostiles or known.level.rooted) or not _able(known):
            return False
        return _choice(known) is not None or _stand(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Go to where to throw from, if not from here; then send missile after missile while one
        suits, taking the launcher in hand and looking at who may be peaceful.
        """
        looked: set[Square] = set()
        stand = _stand(known) if _choice(known) is None else None
        if stand is not None:
            yield from walk(known, stand)
        while _able(known) and (choice := _choice(known)) is not None:
            shot, missile = choice
            if may_be_peaceful(shot.target) and shot.target.square not in looked:
                looked.add(shot.target.square)
                yield from look(known, shot.target)
            elif missile.launcher is not None and not missile.ready:
                yield from _take_in_hand(known, missile.launcher)
            else:
                yield from _send(known, missile.item, shot.key)


def _able(known: Knowledge) -> bool:
    """Whether the hero can throw, and is not hurled back, as who floats is (dothrow.c, throwit)."""
    stats = known.stats
    return not (known.engulfed or stats.hands_full or stats.condition & nh.BL_MASK_LEV)


def _choice(known: Knowledge) -> tuple[Shot, Missile] | None:
    """Return the nearest target, and the best missile for it."""
    missiles = _missiles(known.equipment)
    if not missiles and not any(monster.species in NEVER_MELEE for monster in known.hostiles):
        return None
    targets = shots(known, min(known.stats.strength // 2, FAR))  # dothrow.c, throwit: the range
    for shot in targets:
        for missile in missiles:
            if _suits(known, shot, missile):
                return shot, missile
        if shot.distance == 1 and dangerous(known, shot.target):
            return None  # better struck than turned away from
    return _at_need(known, targets)


def _at_need(known: Knowledge, targets: list[Shot]) -> tuple[Shot, Missile] | None:
    """Whatever may hurt it, at what must not be touched and is in the only way on."""
    blocking = [shot for shot in targets if shot.target.species in NEVER_MELEE]
    things = _things(known) if blocking else []
    barred_by = barring(known, afar=True) if things else []
    shot = next((shot for shot in blocking if shot.target in barred_by), None)
    return (shot, Missile(things[0], None, True, 1)) if shot is not None else None


def _stand(known: Knowledge) -> Square | None:
    """Return the nearest square from which something can be thrown at one that must not be touched,
    and is in the only way on: beside it, as most are seen from nowhere else; for a gas spore beside
    the hero, whom it follows, off from it and out of reach of its blast. None if the hero stands
    there.
    """
    level = known.level
    if not (known.hostiles or level.rooted) or not _things(known):
        return None
    hurried = any(monster.species not in NEVER_MELEE for monster in threats(known))
    kinds = GAS_SPORE if hurried else NEVER_MELEE
    targets = [monster for monster in barring(known) if monster.species in kinds]
    stand = level.nearest_of(square for target in targets for square in _in_line(level, target))
    return stand if stand != known.hero else None


def _in_line(level: Level, target: Monster) -> Iterator[Square]:
    spore = target.species in GAS_SPORE
    for dy, dx in DIRECTIONS:
        for steps in range(OUT_OF_BLAST, FAR) if spore else (1,):
            square = target.y + dy * steps, target.x + dx * steps
            if on_the_map(square) and (spore or flies(level, square, target.square)):
                yield square


def _things(known: Knowledge) -> list[Item]:
    """All that can do harm when thrown, but for tools that dig (dothrow.c, thitmonst): weapons
    first, then stones.
    """
    free = [
        item
        for oclass in (nh.WEAPON_CLASS, nh.GEM_CLASS)
        for item in known.equipment.usable(oclass)
        if not item.equipped and item.kind not in DIGGERS
    ]
    return sorted(free, key=lambda item: (item.oclass != nh.WEAPON_CLASS, item.quantity))


def _suits(known: Knowledge, shot: Shot, missile: Missile) -> bool:
    species = shot.target.species
    if not threatening(species) and missile.item.quantity < MISSILES_TO_SPARE:
        return False
    return species in NEVER_MELEE or shot.distance >= missile.least


@lru_cache(maxsize=64)
def _missiles(hero: Equipment) -> tuple[Missile, ...]:
    """All there are, best first: for the launcher in hand, for another, and by hand."""
    role = hero.role
    items = [item for item in hero.items if hero.may_use(item)]
    found = [
        Missile(item, launcher, launcher.wielded, 1 if launcher.wielded else TO_WIELD)
        for launcher in items
        if shoots_with(hero, launcher)
        for item in items
        if item.kind in AMMUNITION[launcher.kind]
    ]
    found.sort(key=lambda missile: not missile.ready)
    blow = max(value_in_hand(role, wielded(hero)), value_in_hand(role, best_weapon(hero)))
    by_hand = [i for i in items if i.kind in THROWN and (i.quantity > 1 or not i.wielded)]
    by_hand.sort(key=lambda item: -item.quantity)
    thrown = (Missile(i, None, True, 1 if _volley(role, i) > blow else 2) for i in by_hand)
    return *found, *thrown


def _volley(role: str, item: Item) -> float:
    """Return the mean damage of a throw that hits: a rogue throws one or two daggers, others one
    (dothrow.c, throw_obj).
    """
    if item.kind in DARTS:
        return DARTS[item.kind] + item.enchantment
    missiles = 1.5 if role == "rog" and "dagger" in item.kind else 1.0
    return missiles * weapon_value(role, item.kind, item.enchantment)


def _take_in_hand(known: Knowledge, launcher: Item) -> Keys:
    yield from command(known, b"w", [("want to wield", ord(launcher.letter))])
    if not any(item.letter == launcher.letter and item.wielded for item in known.inventory):
        known.given_up.add(launcher.text)  # what is held is cursed


def _send(known: Knowledge, item: Item, key: int) -> Keys:
    turn = known.stats.turn
    answers = [("want to throw", ord(item.letter)), ("In what direction", key)]
    yield from command(known, b"t", answers)
    if known.stats.turn == turn and item in known.inventory:
        known.given_up.add(item.text)
