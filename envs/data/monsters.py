"""What a player knows of NetHack's monsters: tables by species, and hand-kept sets.

Every table has an entry more than there are species, so that -1, something unseen, reads the last
one: a moderate foe. Source: NetHack 3.6.7, monst.c, through NLE's `permonst` and
`envs.data.monster_attacks`.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.data.monster_attacks import ATTACKS, Attack

# Touching them in melee paralyses, petrifies, burns or corrodes the attacker or his weapon, and
# they do little harm when left alone (wiki: "Passive attack"; monst.c, AT_BOOM and AD_* passives).
NEVER_MELEE = species_named(
    "floating eye", "blue jelly", "spotted jelly", "gelatinous cube", "cockatrice", "chickatrice",
    "green mold", "brown mold", "yellow mold", "red mold", "gas spore", "green slime",
    "Medusa", "acid blob",
)  # fmt: skip

GAS_SPORE = species_named("gas spore")

# Peaceful when the game begins, and ruinous to anger (wiki: "Shopkeeper", "Temple priest",
# "Minetown watch", "Vault guard", "The Oracle").
GUARDS = species_named("guard")
KEEPERS = species_named(
    "shopkeeper", "aligned priest", "high priest", "watchman", "watch captain", "guard", "Oracle"
)

# Never worth eating, by effect (wiki: "Corpse"): petrification, sliming, stunning, hallucination,
# teleportitis, polymorph, mimicking, invisibility, and the aggravation that eating pets brings.
_BAD_CORPSES = species_named(
    "cockatrice", "chickatrice", "Medusa", "green slime", "bat", "giant bat", "vampire bat",
    "violet fungus", "chameleon", "small mimic", "large mimic", "giant mimic", "little dog", "dog",
    "large dog", "kitten", "housecat", "large cat", "stalker", "disenchanter", "leprechaun",
    "wererat", "werejackal", "werewolf",
)  # fmt: skip
_POISONOUS, _ACIDIC = 0x10000000, 0x08000000  # monflag.h, M1_POIS and M1_ACID
# M2_HUMAN, M2_ELF, ...: to eat one's own race is cannibalism (eat.c, maybe_cannibal).
RACE_FLAGS = {"hum": 0x8, "elf": 0x10, "dwa": 0x20, "gno": 0x40, "orc": 0x80}
_UNDEAD, _WERE, _SHAPESHIFTER, _HOSTILE = 0x2, 0x4, 0x4000, 0x100000  # monflag.h, M2_...
# Races that are always peaceful to a hero of a race, unless provoked: role.c (``lovers``),
# makemon.c (race_peaceful). Elves to elves; dwarves and gnomes to dwarves and gnomes.
_LOVED = {"elf": ("elf",), "dwa": ("dwa", "gno"), "gno": ("dwa", "gno")}


@cache
def kin_of(race: str) -> frozenset[int]:
    """Return the species that are peaceful to a hero of this race, such as ``gno``, until
    provoked.
    """
    flags = [int(nh.permonst(species).mflags2) for species in range(nh.NUMMONS)]
    loved = sum(RACE_FLAGS[other] for other in _LOVED.get(race, ()))
    return frozenset(
        species
        for species, flag in enumerate(flags)
        if flag & loved and not flag & (_UNDEAD | _HOSTILE)
    )


ALL_RACES = 0xF8

_LASTING = ("blnd", "slee", "stun", "halu", "conf", "plys")  # whose dice are turns, not hit points
NORMAL_SPEED = 12  # of a hero without haste: one move a turn
DWARVES = species_named("dwarf", "dwarf lord", "dwarf king")
_PASSIVE = ("passive", "boom")  # they answer a blow, or the death blow
_FROM_AFAR = ("breath", "spit", "gaze")
_ARMED = 2.0  # what a weapon adds to the dice of a weapon attack on average; half of them have one
# What an attack is worth in hit points beside its dice, when it hits: a rough guess at the blows
# that it makes the hero lose, or at the chance of dying of it (wiki: "Damage type").
_EFFECTS = {
    "ston": 15.0, "slim": 10.0, "plys": 8.0, "dgst": 12.0, "drin": 8.0, "deth": 40.0, "pest": 20.0,
    "famn": 20.0, "disn": 40.0, "slee": 8.0, "drli": 6.0, "wrap": 8.0, "drst": 2.0, "drco": 2.0,
    "drdx": 2.0, "stun": 3.0, "conf": 3.0, "blnd": 3.0, "halu": 2.0, "were": 3.0, "dise": 6.0,
    "sitm": 2.0, "sedu": 3.0, "ssex": 3.0, "sgld": 1.0, "spel": 4.0, "clrc": 4.0, "samu": 4.0,
}  # fmt: skip


def _active(species: int) -> list[Attack]:
    return [attack for attack in ATTACKS[species] if attack.kind not in _PASSIVE]


def _with_unseen(values: list, unseen: float) -> np.ndarray:
    return np.array([*values, unseen])


def _mean_damage(attack: Attack, level: int) -> float:
    if attack.damage in _LASTING and attack.kind in ("explode", "gaze"):
        return 0.0
    dice = attack.dice or (level // 2 + 1 if attack.kind == "magic" else 0)
    sides = attack.sides or (6 if attack.kind in ("magic", "breath") else 0)
    return dice * (sides + 1) / 2 * (sides > 0) + _ARMED * (attack.kind == "weapon")


def _total(species: int, effects: bool) -> float:
    level = nh.permonst(species).mlevel
    values = [
        _EFFECTS.get(attack.damage, 0.0) if effects else _mean_damage(attack, level)
        for attack in _active(species)
    ]
    return sum(values) * nh.permonst(species).mmove / NORMAL_SPEED


def _worst(species: int) -> float:
    """Return the most hit points that its blows beside the hero cost in a turn; a dwarf may swing a
    mattock's d12, others seldom more than d8 (mhitu.c, hitmu: the weapon's dice are added).
    """
    weapon = 12 if species in DWARVES else 8
    dice = sum(a.dice * a.sides + weapon * (a.kind == "weapon") for a in _active(species))
    return float(dice * math.ceil(nh.permonst(species).mmove / NORMAL_SPEED))


def _reply(species: int) -> float:
    """Mean of its passive attacks, whose dice are level + 1 if not given (uhitm.c, passive)."""
    level = nh.permonst(species).mlevel
    passive = [attack for attack in ATTACKS[species] if attack.kind == "passive"]
    return sum((attack.dice or level + 1) * (attack.sides + 1) / 2 for attack in passive)


_MR_SLEEP = 0x4
_ALL = range(nh.NUMMONS)
LEVEL = _with_unseen([nh.permonst(i).mlevel for i in _ALL], 3)  # (382,) base level
SPEED = _with_unseen([nh.permonst(i).mmove for i in _ALL], NORMAL_SPEED)  # (382,) 12 is normal
ARMOR_CLASS = _with_unseen([nh.permonst(i).ac for i in _ALL], 6)  # (382,)
DAMAGE = _with_unseen([_total(i, False) for i in _ALL], 4.0)  # (382,) a turn, if all attacks hit
DANGER = _with_unseen([_total(i, True) for i in _ALL], 0.0)  # (382,) the same, of their effects
WORST = _with_unseen([_worst(i) for i in _ALL], 8.0)  # (382,) in a turn
ACTIVE = _with_unseen([bool(_active(i)) for i in _ALL], True)  # (382,) attacks of its own accord
REPLY = _with_unseen([_reply(i) for i in _ALL], 0.0)  # (382,) hit points that hitting it costs
STATIONARY = SPEED == 0
# (382,) a sleep ray does nothing to it (monflag.h, MR_SLEEP); the unseen may resist
SLEEPLESS = _with_unseen([bool(nh.permonst(i).mresists & _MR_SLEEP) for i in _ALL], True)
# (382,) may harm from a distance: by breath, spittle, gaze, rays, or with a missile or a wand
RANGED = _with_unseen(
    [
        any(
            a.kind in (*_FROM_AFAR, "weapon")
            or (a.kind == "magic" and a.damage not in ("spel", "clrc"))
            for a in ATTACKS[i]
        )
        for i in _ALL
    ],
    False,
)
SHOOTS = _with_unseen([any(a.kind in _FROM_AFAR for a in _active(i)) for i in _ALL], False)
AQUATIC = _with_unseen([ord(nh.permonst(i).mlet) == 57 for i in _ALL], False)  # they stay in water
# (382,) calls rats or dogs to help it when it attacks, again and again (were.c, were_summon)
SUMMONS = _with_unseen([bool(nh.permonst(i).mflags2 & _WERE) for i in _ALL], False)
# M2_HOSTILE is never peaceful, but to its own race: elves, dwarves, gnomes, orcs (monflag.h).
MAY_BE_PEACEFUL = _with_unseen(
    [bool(not nh.permonst(i).mflags2 & _HOSTILE or nh.permonst(i).mflags2 & 0xF0) for i in _ALL],
    True,
)
# Those that can't hurt anyone who leaves them alone: molds, most jellies, floating eyes, ...
HARMLESS_ALONE = frozenset(np.flatnonzero(~ACTIVE).tolist())


@cache
def threat(species: int, armor_class: int = 6) -> float:
    """Hit points that a monster beside the hero costs a turn on average, its effects included.

    (DAMAGE + DANGER) · P(hit), where DAMAGE is the mean of its dice and DANGER what their effects
    are worth in hit points, both times speed / 12; and a monster of level L hits armour class A
    with probability (9 + L + A) / 20 (mhitu.c, mattacku: 10 + A + L > d20).
    """
    chance = (9 + LEVEL[species] + armor_class) / 20
    return float((DAMAGE[species] + DANGER[species]) * min(max(chance, 0.05), 1.0))


def threatening(species: int) -> bool:
    """Whether it attacks of its own accord; False for those that only harm who touches them."""
    return bool(ACTIVE[species])


def safe_to_eat(species: int, kin: int = ALL_RACES, poison_resistant: bool = False) -> bool:
    """Whether a fresh corpse of this species does the hero good.

    Args:
        kin: `RACE_FLAGS` of those whom the hero must not eat; all, if it is not known who they are.
        poison_resistant: whether poisonous corpses do no harm.
    """
    kind = nh.permonst(species)
    return not (
        species in _BAD_CORPSES
        or kind.mflags1 & (_ACIDIC | (0 if poison_resistant else _POISONOUS))
        or kind.mflags2 & (_UNDEAD | _WERE | _SHAPESHIFTER | kin)
    )


def level_of(species: int) -> int:
    """Return a monster's base level (monst.c), or 0 if it is not known what it is."""
    return int(LEVEL[species]) if species >= 0 else 0
