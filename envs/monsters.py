"""What a player knows of NetHack's monsters. Hand-kept sets, each with its source."""

from __future__ import annotations

from nle import nethack as nh

from envs.glyphs import species_named

# Touching them in melee paralyses, petrifies, burns or corrodes the attacker, and they do little
# harm when left alone (wiki: "Passive attack"; monst.c, AT_BOOM and AD_* passives).
NEVER_MELEE = species_named(
    "floating eye", "blue jelly", "spotted jelly", "gelatinous cube", "cockatrice", "chickatrice",
    "green mold", "brown mold", "yellow mold", "red mold", "gas spore", "green slime",
    "Medusa",
)  # fmt: skip

# Peaceful when the game begins, and ruinous to anger (wiki: "Shopkeeper", "Temple priest",
# "Minetown watch", "Vault guard", "The Oracle").
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
# M2_UNDEAD, M2_HUMAN, M2_ELF, M2_DWARF, M2_GNOME, M2_ORC: tainted, or perhaps the hero's own race.
_UNDEAD_OR_KIN = 0x2 | 0x8 | 0x10 | 0x20 | 0x40 | 0x80


def safe_to_eat(species: int) -> bool:
    """Whether a fresh corpse of this species does any character good."""
    kind = nh.permonst(species)
    return not (
        species in _BAD_CORPSES
        or kind.mflags1 & (_POISONOUS | _ACIDIC)
        or kind.mflags2 & _UNDEAD_OR_KIN
    )


def level_of(species: int) -> int:
    """A monster's base level (monst.c), or 0 if it is not known what it is."""
    return int(nh.permonst(species).mlevel) if species >= 0 else 0
