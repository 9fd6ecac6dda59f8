"""Where to dig: a hole beside water fills up, and shopkeepers grab the pack of who leaves by one."""

from __future__ import annotations

import numpy as np

from envs.game import Game
from envs.glyphs import Terrain
from envs.level import Level, Square
from envs.paths import UNREACHABLE

REACH = 25  # steps to a drier place that are worth it
_PLAIN = np.zeros(256, np.bool_)
_PLAIN[[Terrain.FLOOR, Terrain.CORRIDOR, Terrain.DOORWAY, Terrain.TRAP]] = True
_WET = np.zeros(256, np.bool_)
_WET[[Terrain.WATER, Terrain.LAVA]] = True


def spot_to_dig(game: Game) -> Square | None:
    """Here, or else the nearest square of plain floor: off stairs and furniture, outside shops, and
    as far from water as can be reached (dig.c, dighole and fillholetyp); None if there is none."""
    level = game.level
    plain = _PLAIN[level.terrain]
    plain[game.hero] |= level.terrain[game.hero] == Terrain.UNKNOWN
    for square in level.shop:
        plain[square] = False
    damp = _dampness(level)
    if damp is None:
        return game.hero if plain[game.hero] else level.nearest(plain)
    in_reach = plain & (level.dist != UNREACHABLE) & (level.dist <= REACH)
    if not in_reach.any():
        return None
    least = damp[in_reach].min()
    return level.nearest(in_reach & (damp == least))


def _dampness(level: Level) -> np.ndarray | None:
    """(21, 79) how many of the nine squares around each are water, lava or unseen, on a level where
    some water is known; None on a dry one."""
    wet = _WET[level.terrain]
    if not wet.any():
        return None
    padded = np.pad((wet | ~level.seen).astype(np.int8), 1)
    height, width = wet.shape
    windows = [padded[dy : dy + height, dx : dx + width] for dy in range(3) for dx in range(3)]
    return np.sum(windows, axis=0)
