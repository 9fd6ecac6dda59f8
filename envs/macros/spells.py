"""Cast and heal: spells against monsters in line, and for the hero's wounds."""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.data.monsters import NEVER_MELEE, threat
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.menus import MenuLine
from envs.knowledge.spellbook import Spell, read_spells
from envs.knowledge.threats import threats
from envs.macros.aim import Shot, look, may_be_peaceful
from envs.macros.base import Keys, command
from envs.macros.rays import lines_of_fire, note_effect

# What roles begin with for certain (u_init.c); until the menu of spells has been looked at, it is
# taken for granted with the spells of the books that are carried.
BEGINNERS = {"wiz": "force bolt", "hea": "healing"}
_BOOK = re.compile(r"spellbooks? of ([a-z ]+)")
ENERGY = 5  # a spell costs this times its level (spell.c, spelleffects)
MAX_FAIL = 40  # percent, of a spell that is worth trying
WORTH = 1.0  # hit points a turn that a monster must cost to be worth a spell
FORGOTTEN = "knowledge of this spell is twisted"  # by amnesia, say (spell.c, cast_forgotten)
HURT_SHARE, RESTED = 1 / 2, 0.8  # of the maximum hit points
A_SPELLS_WORTH = 8  # hit points: a spell heals 6d4, as much as 100 turns of rest or more


class Cast:
    """Cast an attack spell, mostly force bolt, at a dangerous monster in line."""

    name = "cast"
    budget = 40

    def available(self, known: Knowledge) -> bool:
        """Whether there is energy for an attack spell, and a monster worth it is in line."""
        return bool(known.hostiles) and may_cast(known) and _cast_choice(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Look up the spells once; cast while one has a target, which is looked at if in doubt."""
        yield from learn_spells(known)
        while may_cast(known) and (choice := _cast_choice(known)) is not None:
            shot, spell = choice
            if may_be_peaceful(shot.target):
                yield from look(known, shot.target)
                if _cast_choice(known) != choice:
                    continue
            yield from cast_spell(known, spell, shot.key)


class Heal:
    """Cast a healing spell at oneself when badly hurt, or in peace instead of a long rest."""

    name = "heal"
    budget = 20

    def available(self, known: Knowledge) -> bool:
        """Whether hit points are below half, or in peace a rest is due and energy for another spell
        is left; and energy and hunger allow a healing spell.
        """
        return _hurt(known) and may_cast(known) and _healing(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Look up the spells once, then cast until it is enough or energy is out."""
        yield from learn_spells(known)
        while _hurt(known) and may_cast(known) and (spell := _healing(known)):
            yield from cast_spell(known, spell, ord("."))


def _hurt(known: Knowledge) -> bool:
    stats = known.stats
    if stats.health < HURT_SHARE:
        return True
    due = stats.health < RESTED and stats.max_hit_points - stats.hit_points >= A_SPELLS_WORTH
    return due and stats.energy >= 2 * ENERGY and not threats(known)


def may_cast(known: Knowledge) -> bool:
    """Whether there is energy for a spell, and one is known or may well be."""
    stats = known.stats
    if stats.energy < ENERGY or stats.hunger >= Hunger.WEAK or known.engulfed:
        return False
    if stats.condition & nh.BL_MASK_STUN or stats.hands_full:
        return False
    return known.spells is None or bool(known.spells)


def learn_spells(known: Knowledge) -> Keys:
    """Look at the menu of spells once, which takes no time."""
    lines: list[MenuLine] = []

    def note(shown: list[MenuLine]) -> str:
        lines.extend(shown)
        return ""

    if known.spells is None:
        yield from command(known, b"Z", choose=note)
        known.spells = read_spells(lines)


def cast_spell(known: Knowledge, spell: Spell, key: int) -> Keys:
    """Cast a spell in a direction; one that was forgotten, or all if none can be cast, are struck
    out.
    """
    turn, energy = known.stats.turn, known.stats.energy
    yield from command(
        known,
        b"Z",
        [("In what direction", key)],
        choose=lambda lines: "".join(x.letter for x in lines if x.text.startswith(spell.name)),
    )
    note_effect(known, spell.name)
    if known.heard(FORGOTTEN):
        known.spells = tuple(other for other in known.spells or () if other != spell)
    if known.stats.turn == turn and known.stats.energy == energy:  # too weak, or no hand is free
        known.spells = ()


def castable(known: Knowledge) -> list[Spell]:
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
    for spell in castable(known):
        for shot in lines_of_fire(known, spell.name):
            species = shot.target.species
            if species in NEVER_MELEE or threat(species, known.stats.armor_class) >= WORTH:
                return shot, spell
    return None


def _healing(known: Knowledge) -> Spell | None:
    return next((s for s in castable(known) if s.name in ("healing", "extra healing")), None)
