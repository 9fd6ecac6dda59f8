"""Cast, heal and zap: magic against monsters in line, and for the hero's wounds."""

from __future__ import annotations

import re

import numpy as np
from nle import nethack as nh

from envs.data.monsters import NEVER_MELEE, SLEEPLESS, threat
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.menus import MenuLine
from envs.knowledge.outlook import winning
from envs.knowledge.spellbook import Spell, read_spells
from envs.knowledge.threats import threats
from envs.macros.aim import Shot, look, may_be_peaceful, shots
from envs.macros.base import Keys, command

# What roles begin with for certain (u_init.c); until the menu of spells has been looked at, it is
# taken for granted with the spells of the books that are carried.
BEGINNERS = {"wiz": "force bolt", "hea": "healing"}
_BOOK = re.compile(r"spellbooks? of ([a-z ]+)")
ENERGY = 5  # a spell costs this times its level (spell.c, spelleffects)
MAX_FAIL = 40  # percent, of a spell that is worth trying
BOLTS = ("force bolt", "striking", "slow monster", "teleportation")  # they hit and stop
RAYS = ("magic missile", "sleep", "cone of cold", "cold", "fire", "lightning", "fireball")
BOLT_REACH, RAY_REACH = 6, 7  # a bolt flies 6 to 13 squares, a ray 7 to 13 (zap.c)
TO_BOUNCE = 7  # squares to a wall from which a ray does not come back to the hero
WORTH = 1.0  # hit points a turn that a monster must cost to be worth a spell
HORIZON = 4.0  # turns that the hero should live: if fewer, a wand's charge is well spent
SLEEP_LASTS = 10  # turns before the next sleep ray; it holds for 1 to 50
HURT = 1 / 2  # of the maximum hit points


class Cast:
    """Cast an attack spell, mostly force bolt, at a dangerous monster in line."""

    name = "cast"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        return bool(known.hostiles) and _may_cast(known) and _cast_choice(known) is not None

    def play(self, known: Knowledge) -> Keys:
        yield from _learn(known)
        while _may_cast(known) and (choice := _cast_choice(known)) is not None:
            shot, spell = choice
            if may_be_peaceful(shot.target):
                yield from look(known, shot.target)
                if _cast_choice(known) != choice:
                    continue
            yield from _cast(known, spell, shot.key)


class Heal:
    """Cast a healing spell at oneself when badly hurt."""

    name = "heal"
    budget = 20

    def available(self, known: Knowledge) -> bool:
        return known.stats.health < HURT and _may_cast(known) and _healing(known) is not None

    def play(self, known: Knowledge) -> Keys:
        yield from _learn(known)
        while known.stats.health < HURT and _may_cast(known) and (spell := _healing(known)):
            yield from _cast(known, spell, ord("."))


class Zap:
    """Zap an attack wand, or once an unknown one, at a monster that may kill the hero."""

    name = "zap"
    budget = 20

    def available(self, known: Knowledge) -> bool:
        return bool(known.hostiles) and _zap_choice(known) is not None

    def play(self, known: Knowledge) -> Keys:
        choice = _zap_choice(known)
        if choice is None:
            return
        shot, wand = choice
        if may_be_peaceful(shot.target):
            yield from look(known, shot.target)
            if _zap_choice(known) != choice:
                return
        answers = [("want to zap", ord(wand.letter)), ("In what direction", shot.key)]
        yield from command(known, b"z", answers)
        _note_sleep(known, wand.name)
        if "wand of" not in wand.name or known.heard("Nothing happens", "You wrest"):
            known.given_up.add(wand.text)


def _may_cast(known: Knowledge) -> bool:
    """Whether there is energy for a spell, and one is known or may well be."""
    stats = known.stats
    if stats.energy < ENERGY or stats.hunger >= Hunger.WEAK or known.engulfed:
        return False
    if stats.condition & nh.BL_MASK_STUN:
        return False
    return known.spells is None or bool(known.spells)


def _learn(known: Knowledge) -> Keys:
    """Look at the menu of spells once, which takes no time."""
    lines: list[MenuLine] = []

    def note(shown: list[MenuLine]) -> str:
        lines.extend(shown)
        return ""

    if known.spells is None:
        yield from command(known, b"Z", choose=note)
        known.spells = read_spells(lines)


def _cast(known: Knowledge, spell: Spell, key: int) -> Keys:
    turn, energy = known.stats.turn, known.stats.energy
    yield from command(
        known,
        b"Z",
        [("In what direction", key)],
        choose=lambda lines: "".join(x.letter for x in lines if x.text.startswith(spell.name)),
    )
    _note_sleep(known, spell.name)
    if known.stats.turn == turn and known.stats.energy == energy:  # too weak, or no hand is free
        known.spells = ()


def _known(known: Knowledge) -> list[Spell]:
    """Return the spells that are worth trying now."""
    return [
        spell
        for spell in (_guess(known) if known.spells is None else known.spells)
        if spell.fail <= MAX_FAIL and known.stats.energy >= ENERGY * spell.level
    ]


def _guess(known: Knowledge) -> list[Spell]:
    books = [found[1] for item in known.inventory
             if item.oclass == nh.SPBOOK_CLASS and (found := _BOOK.search(item.name))]  # fmt: skip
    names = dict.fromkeys([BEGINNERS[known.role]] if known.role in BEGINNERS else [])
    return [Spell("a", name, 1, 0) for name in names | dict.fromkeys(books)]


def _cast_choice(known: Knowledge) -> tuple[Shot, Spell] | None:
    """Return the first that fits."""
    for spell in _known(known):
        for shot in _lines(known, spell.name):
            species = shot.target.species
            if species in NEVER_MELEE or threat(species, known.stats.armor_class) >= WORTH:
                return shot, spell
    return None


def _healing(known: Knowledge) -> Spell | None:
    return next((s for s in _known(known) if s.name in ("healing", "extra healing")), None)


def _zap_choice(known: Knowledge) -> tuple[Shot, Item] | None:
    """Known wands first; unknown ones are tried on what is near, as if they were rays.

    Sleep decides a fight, and so it is for any that is not as good as won; the others are for
    danger.
    """
    wands = [i for i in known.inventory if i.oclass == nh.WAND_CLASS]
    wands = [i for i in wands if i.text not in known.given_up and "(0:0)" not in i.text]
    if not wands:
        return None
    in_danger, open_fight = _in_danger(known), not winning(known)
    for wand in sorted(wands, key=lambda wand: "wand of" not in wand.name):
        kind = wand.name.partition("wand of ")[2].partition(" (")[0]
        if not (in_danger or (kind == "sleep" and open_fight)):
            continue
        lines = _lines(known, kind) if kind else shots(known, 3)
        if lines:
            return lines[0], wand
    return None


def _lines(known: Knowledge, kind: str) -> list[Shot]:
    """Return the shots in which a spell or a wand of this name hits the monster and not the
    hero.
    """
    if kind in BOLTS:
        return shots(known, BOLT_REACH)
    if kind == "sleep":
        return _sleep_rays(known) if known.stats.turn >= known.no_sleep_before else []
    rays = shots(known, RAY_REACH) if kind in RAYS else []
    return [shot for shot in rays if shot.to_wall >= TO_BOUNCE]


def _sleep_rays(known: Knowledge) -> list[Shot]:
    """Return the rays that come back to nobody whom sleep would harm: elves resist it, and others
    sleep for 25 turns on average, but monsters for 78 (zap.c, zhitu and zhitm), so that a hero may
    if all that threaten do.
    """
    return [
        shot
        for shot in shots(known, RAY_REACH)
        if not SLEEPLESS[shot.target.species]
        and (shot.to_wall >= TO_BOUNCE or known.race == "elf" or _all_asleep(known, shot))
    ]


def _all_asleep(known: Knowledge, shot: Shot) -> bool:
    """Whether all that threaten stand where the ray flies, before the wall, and none resists it."""
    y, x = known.hero
    dy, dx = np.sign(shot.target.y - y), np.sign(shot.target.x - x)
    squares = {(y + dy * steps, x + dx * steps) for steps in range(1, shot.to_wall)}
    return all(m.square in squares and not SLEEPLESS[m.species] for m in threats(known))


def _in_danger(known: Knowledge) -> bool:
    """Whether the hostile monsters nearby may kill the hero within some turns."""
    near = (
        m for m in known.hostiles if max(abs(m.y - known.hero[0]), abs(m.x - known.hero[1])) <= 6
    )
    harm = sum(threat(monster.species, known.stats.armor_class) for monster in near)
    hurt = known.stats.health < HURT and harm >= WORTH
    return hurt or harm * HORIZON >= known.stats.hit_points


def _note_sleep(known: Knowledge, name: str) -> None:
    if name == "sleep" or "wand of sleep" in name:
        known.no_sleep_before = known.stats.turn + SLEEP_LASTS
        if known.heard("sleep ray hits"):
            known.asleep_before = known.stats.turn + SLEEP_LASTS
