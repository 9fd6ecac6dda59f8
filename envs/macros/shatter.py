"""Shattering a boulder that nobody can push, by force bolt or a wand of striking."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from envs.data.glyphs import PASSABLE, Terrain
from envs.knowledge.exploring import searched_in_vain
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import WIDTH, Square, on_the_map
from envs.knowledge.spellbook import Spell
from envs.knowledge.wands import effect_of, wands
from envs.macros.barred import no_way_on
from envs.macros.base import DIRECTIONS, Keys, direction, walk
from envs.macros.spells import cast_spell, castable, learn_spells, may_cast
from envs.macros.zap import zap_at


class Blast(NamedTuple):
    """How to get rid of a boulder: where to stand, where it lies, and by what."""

    stand: Square
    boulder: Square
    means: Spell | Item


def blast(known: Knowledge) -> Blast | None:
    """Return the nearest boulder beside what can be walked to, and what shatters it (zap.c, bhito),
    where the level was searched in vain and no way leads on.
    """
    level = known.level
    if not searched_in_vain(level) or not level.boulders.any() or not no_way_on(known):
        return None
    means, found = _means(known), list[tuple[int, Square, Square]]()
    for square in np.flatnonzero(level.boulders).tolist() if means is not None else ():
        boulder = y, x = divmod(square, WIDTH)
        under = level.terrain[boulder]
        if not PASSABLE[under] and under != Terrain.UNKNOWN:
            continue
        for dy, dx in DIRECTIONS:
            stand = y + dy, x + dx
            if on_the_map(stand) and level.reachable(stand):
                found.append((int(level.dist[stand]), stand, boulder))
    return Blast(*min(found)[1:], means) if found and means is not None else None


def shatter(known: Knowledge, plan: Blast) -> Keys:
    """Go there, and cast or zap once."""
    level, (stand, boulder, _) = known.level, plan
    yield from learn_spells(known)
    yield from walk(known, stand)
    means = _means(known)
    if known.level is not level or known.hero != stand or means is None:
        return
    way = direction(stand, boulder)
    if isinstance(means, Spell):
        yield from cast_spell(known, means, way)
    else:
        yield from zap_at(known, means, way)
        if known.heard("Nothing happens"):
            known.given_up.add(means.text)


def _means(known: Knowledge) -> Spell | Item | None:
    wand = next((wand for wand in wands(known) if effect_of(known, wand) == "striking"), None)
    if wand is not None or not may_cast(known):
        return wand
    return next((spell for spell in castable(known) if spell.name == "force bolt"), None)
