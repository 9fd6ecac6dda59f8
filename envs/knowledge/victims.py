"""Who lies dead on the first levels before the hero comes, died of a trap that is still there.

On a level as shallow as `DEEPEST` many a trap has a victim: a corpse on top of what the trap shot
and of cursed belongings, which are not worth a step (mklev.c, mktrap).
"""

from __future__ import annotations

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.knowledge import paths
from envs.knowledge.level import Level
from envs.nethack.dungeons import MINES

DEEPEST = 4  # a level's difficulty is at most a die's four (mktrap)


def _corpses(*names: str) -> frozenset[int]:
    """Return the glyphs of their corpses."""
    return frozenset(nh.GLYPH_BODY_OFF + species for species in species_named(*names))


_STRANGERS = _corpses("human", "elf", "orc")
# Of these some die of other things in the Mines, and leave tools.
_ALL = _STRANGERS | _corpses("gnome", "dwarf")


def shun_victims(level: Level, dungeon: int, depth: int) -> None:
    """Count squares of victims as deadly traps: heaps with such a corpse on top that lay there when
    the square came into view. That somebody else died there is unlikely, and then worth little.
    """
    if depth > DEEPEST or not paths.any_of(level.piles):
        return
    victims = _STRANGERS if dungeon == MINES else _ALL
    for place in np.flatnonzero(level.piles & level.guessed).tolist():
        square = divmod(place, paths.WIDTH)
        if level.objects[square] in victims and level.terrain[square] == Terrain.FLOOR:
            level.set_terrain(square, Terrain.DEADLY_TRAP)
