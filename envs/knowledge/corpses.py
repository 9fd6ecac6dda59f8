"""How long a corpse is good to eat."""

from __future__ import annotations

from envs.data.glyphs import SPECIES, species_named
from envs.knowledge.level import Level
from envs.knowledge.paths import Square

# Turns. How rotten a corpse is, is its age / (10 to 29), 2 more if it is cursed: above 5 it is
# deadly, and above 3 most cost up to 8 hit points (eat.c, eatcorpse).
FRESH, EDIBLE = 39, 50
_LASTING = species_named("lichen", "lizard")  # their corpses never rot (eat.c, nonrotting_corpse)


def corpse_at(level: Level, square: Square) -> int:
    """Return the species whose corpse lies on top there; -1 if none does."""
    return int(SPECIES[level.objects[square]])


def is_fresh(species: int, age: int, hungry: bool = False) -> bool:
    """Whether a corpse of this age, in turns, is surely not rotten; to the hungry, not deadly."""
    return age <= (EDIBLE if hungry else FRESH) or species in _LASTING


def forget_stale(level: Level, turn: int) -> None:
    """Forgets those of `Level.fresh_corpses` that are fresh no more."""
    for square, died in list(level.fresh_corpses.items()):
        if not is_fresh(corpse_at(level, square), turn - died, hungry=True):
            del level.fresh_corpses[square]
