"""What the hero digs down with, and where."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.objects import DIGGERS
from envs.knowledge.elbereth import respects
from envs.knowledge.equipment import Equipment
from envs.knowledge.exploring import lost
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import UNREACHABLE, Square
from envs.knowledge.threats import threats
from envs.nethack.dungeons import MINES

WORSE_THAN_UNSEEN = 9  # weight of a wet square
TOO_LATE = 6_000  # turns after which no tool is looked for any more
DEEP = 8  # level from below which nobody goes back up to the Mines
PERIL, CLOSE = 1 / 2, 2  # of the hit points, with foes within so many squares
NEAR, MANY = 3, 3  # squares within which foes make haste, and how many of them
REACH = 25  # steps to a drier place that are worth it
_PLAIN = np.zeros(256, np.bool_)
_PLAIN[[Terrain.FLOOR, Terrain.CORRIDOR, Terrain.DOORWAY, Terrain.TRAP]] = True
_WET = np.zeros(256, np.bool_)
_WET[[Terrain.WATER, Terrain.LAVA]] = True


def can_dig(known: Knowledge) -> bool:
    """Whether the hero has what a dive takes: a tool, or only a wand where it is too late, or too
    deep in the main dungeon, to look for a tool first. Its charges are through after some six
    levels.
    """
    tool, wand = _tools(known.equipment)
    deep = known.stats.depth > DEEP and known.stats.dungeon != MINES
    over = known.stats.turn >= TOO_LATE or deep
    return tool is not None or (wand is not None and over)


def digger(known: Knowledge) -> Item | None:
    """Return what the hero digs with now, or None: a tool; but a wand, which is through in a turn,
    where there is no time for one, and without a tool in peril or where no way leads on.
    """
    tool, wand = _tools(known.equipment)
    if wand is None:
        return tool
    if tool is None:
        return wand if can_dig(known) or _in_peril(known) or lost(known.level) else None
    return wand if _hurried(known) else tool


def _in_peril(known: Knowledge) -> bool:
    return known.stats.health < PERIL and bool(threats(known, CLOSE))


def _hurried(known: Knowledge) -> bool:
    """Whether foes nearby do not fear Elbereth, or are many; or water is, which fills a tool's pit,
    and then its hole, where a wand makes only a hole (dig.c, dighole).
    """
    near = threats(known, NEAR)
    if len(near) >= MANY or not all(map(respects, near)):
        return True
    y, x = known.hero
    around = known.level.terrain[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
    return bool(_WET[around].any())


@lru_cache(maxsize=64)
def _tools(hero: Equipment) -> tuple[Item | None, Item | None]:
    """Return a tool and a wand to dig with, where they are carried."""
    usable = [item for item in hero.items if _digs(item) and hero.may_use(item)]
    tools = (item for item in usable if item.oclass != nh.WAND_CLASS)
    wands = (item for item in usable if item.oclass == nh.WAND_CLASS)
    return next(tools, None), next(wands, None)


def _digs(item: Item) -> bool:
    if item.oclass == nh.WAND_CLASS:
        return "wand of digging" in item.name and not item.spent
    return item.kind in DIGGERS


def digging_spot(known: Knowledge) -> Square | None:
    """Return the hero's square, or else the nearest of plain floor: off stairs and furniture,
    outside shops, and as far from water as can be reached (dig.c, dighole and fillholetyp); None if
    there is none.

    Who fell into a shop and finds no way out digs where no goods fall with him, which would be
    theft: the keeper grabs the pack, but not what is worn or in hand, as the tool is (shk.c,
    shopdig; dokick.c, impact_drop).
    """
    spot, level = _outside(known), known.level
    if spot is not None or level.shop <= level.ignored:
        return spot
    bare = np.zeros_like(level.seen)
    bare[tuple(zip(*(level.shop - level.ignored), strict=True))] = True
    return level.nearest(bare & _PLAIN[level.terrain] & (level.objects < 0))


def _outside(known: Knowledge) -> Square | None:
    level = known.level
    plain = _PLAIN[level.terrain]
    plain[known.hero] |= level.terrain[known.hero] in (Terrain.UNKNOWN, Terrain.HOLE)
    for square in level.shop | level.rocky:
        plain[square] = False
    damp = _dampness(level)
    if damp is None or (plain[known.hero] and damp[known.hero] < WORSE_THAN_UNSEEN):
        return known.hero if plain[known.hero] else level.nearest(plain)
    in_reach = plain & (level.dist != UNREACHABLE) & (level.dist <= REACH)
    if not in_reach.any():
        return None
    least = damp[in_reach].min()
    return level.nearest(in_reach & (damp == least))


def _dampness(level: Level) -> np.ndarray | None:
    """(21, 79) how many of the nine squares around each are water, lava or, which counts less,
    unseen, on a level where some water is known; None on a dry one.
    """
    wet = _WET[level.terrain]
    if not wet.any():
        return None
    padded = np.pad(WORSE_THAN_UNSEEN * wet.astype(np.int8) + ~level.seen, 1)
    height, width = wet.shape
    windows = [padded[dy : dy + height, dx : dx + width] for dy in range(3) for dx in range(3)]
    return np.sum(windows, axis=0)
