"""How long a corpse is good to eat."""

from __future__ import annotations

from envs.data.glyphs import SPECIES, species_named
from envs.knowledge.level import Level, Square

FRESH = 30  # turns; corpses turn dangerous from an age of 50 (wiki: "Corpse", eat.c)
_LASTING = species_named("lichen", "lizard")  # their corpses never rot (eat.c, nonrotting_corpse)


def corpse_at(level: Level, square: Square) -> int:
    """Return the species whose corpse lies on top there; -1 if none does."""
    return int(SPECIES[level.objects[square]])


def is_fresh(species: int, age: int) -> bool:
    """Whether a corpse of this age, in turns, is surely not rotten yet."""
    return age <= FRESH or species in _LASTING


def forget_stale(level: Level, turn: int) -> None:
    """Forgets those of `Level.fresh_corpses` that are fresh no more."""
    for square, died in list(level.fresh_corpses.items()):
        if not is_fresh(corpse_at(level, square), turn - died):
            del level.fresh_corpses[square]
