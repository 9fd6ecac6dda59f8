"""Where no way leads on, and who stands in it."""

from __future__ import annotations

from envs.data.glyphs import Terrain
from envs.data.monsters import AQUATIC, STATIONARY
from envs.knowledge.exploring import bars, cut_off, searched_in_vain
from envs.knowledge.hunt import on_the_way_to_mines, wants_up
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.peace import Monster
from envs.macros.stairs import Descend, way_up


def no_way_on(known: Knowledge) -> bool:
    """Whether the hero can neither explore nor go down, nor to the Mines if those are looked for
    here, nor up if the hunt leads there.
    """
    if known.level.frontier is not None:
        return False
    if wants_up(known):
        return way_up(known) is None
    return on_the_way_to_mines(known) or not Descend().available(known)


def shut_in(known: Knowledge) -> bool:
    """Whether no way leads on, and only monsters are in the way."""
    return no_way_on(known) and cut_off(known.level, _stairs(known))


def barring(known: Knowledge, afar: bool = False) -> list[Monster]:
    """Return the hostile monsters without whom the hero would get further, where no way leads on:
    those beside him, and those who never move where they were last seen. If the level was searched
    in vain, a way may be hidden behind any of these, and who is in view further off, and might
    come, does not.

    Args:
        afar: whether those in view further off count anyway.
    """
    level = known.level
    if not (known.hostiles or level.rooted) or not no_way_on(known):
        return []
    rooted = {Monster(*square, species, False, False) for square, species in level.rooted.items()}
    seen = {monster for monster in known.hostiles if not AQUATIC[monster.species]}
    in_vain, stairs = searched_in_vain(level), _stairs(known)
    return sorted(
        monster
        for monster in seen | rooted
        if (in_vain and STATIONARY[monster.species])
        or ((afar or in_vain or stays(known, monster)) and bars(level, monster.square, stairs))
    )


def stays(known: Knowledge, monster: Monster) -> bool:
    """Whether it is beside the hero, or never moves."""
    return bool(STATIONARY[monster.species]) or known.adjacent(monster.square)


def _stairs(known: Knowledge) -> Terrain:
    return Terrain.STAIRS_UP if wants_up(known) else Terrain.STAIRS_DOWN
