"""The hunt for a digging tool, which dwarves carry on the first levels of the Gnomish Mines.

Most have a pick-axe or a mattock (makemon.c, m_initweap), and with one the hero digs down from
level to level. These predicates say where a hero stands in the hunt; they only read.
"""

from __future__ import annotations

from envs.data.glyphs import Terrain
from envs.knowledge.digging import TOO_LATE, can_dig
from envs.knowledge.exploring import searched_in_vain
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import Square
from envs.knowledge.prayer import prayer_ready
from envs.nethack.dungeons import DOOM, MINES

FIRST, LAST = 2, 4  # levels from one of which the Mines branch off (dungeon.def)
HUNTED = 2  # levels of the Mines that are searched to the end
HUNTED_BY_DWARVES = 8  # all but the last: for them, two dwarves of three become somebody else there
ENOUGH_LEVELS, ENOUGH_HIT_POINTS = 1, 15  # experience level and hit points to meet a dwarf with
FRAIL = {"rog": (3, 24), "tou": (3, 24)}  # those who find no tool any earlier
LATE = 2_000  # turns after which the hero does not get any fitter
DWARVISH = "dwa"
KIN = (DWARVISH, "gno")  # to whom most in the Mines are peaceful
DETOUR = 4  # levels that the hero goes back up to the Mines
PATIENCE, TURNS_PER_COLUMN = 100, 12  # of searching for hidden passages; more if columns are blank
OUT_OF_REACH = 500  # turns of searching for a way to stairs that are in view, or on a map
NEIGHBOURS = 9  # squares that a turn of searching covers


def hunting(known: Knowledge) -> bool:
    """Whether a digging tool is still missed, and there is time, and a place, to look for one."""
    return known.stats.turn < TOO_LATE and not can_dig(known) and not mines_done(known)


def mines_done(known: Knowledge) -> bool:
    """Whether the Mines were seen to their end: a level without a way down, searched in vain. They
    lead no further, so who has no tool by then goes back to the main dungeon.
    """
    return any(
        key[0] == MINES and not level.knows(Terrain.STAIRS_DOWN) and searched_in_vain(level)
        for key, level in known.levels.items()
    )


def _seeking(known: Knowledge) -> bool:
    """Whether one is looked for far and wide: who starves, and whom no god will feed, gets further
    by stairs.
    """
    starves = known.stats.hunger >= Hunger.FAINTING and not prayer_ready(known)
    return hunting(known) and not starves


def fit_for_mines(known: Knowledge) -> bool:
    """Whether the hero can stand up to a dwarf, or will hardly get any stronger: it is late, or the
    levels on which to get fit were left behind.
    """
    stats = known.stats
    levels, hit_points = FRAIL.get(known.role, (ENOUGH_LEVELS, ENOUGH_HIT_POINTS))
    strong = stats.experience_level >= levels and stats.max_hit_points >= hit_points
    left = (DOOM, LAST + 1) in known.levels
    return strong or stats.turn > LATE or known.race in KIN or left


def mines_stairs(known: Knowledge) -> set[Square]:
    """Stairs down of the level that the hero is on that lead into the Mines, or may."""
    return _mines_stairs(known.level_key, known.level)


def _mines_stairs(key: tuple[int, int], level: Level) -> set[Square]:
    """Only the level that the Mines branch off from has two stairs down: if one is known to lead
    on, the other is the Mines'; if neither is, it may be either.
    """
    found = {square for square, (dungeon, _) in level.leads.items() if dungeon == MINES}
    if key[0] != DOOM or found or not _may_branch(*key) or not level.knows(Terrain.STAIRS_DOWN):
        return found if key[0] == DOOM else set()
    downs = level.where(Terrain.STAIRS_DOWN)
    return {square for square in downs if square not in level.leads} if len(downs) > 1 else set()


def mines_level(known: Knowledge) -> int | None:
    """Return the level of the main dungeon that the Mines branch off from, if a way there is
    known. Who stood in it on a level that was left may be gone.
    """
    for key, level in known.levels.items():
        if not _may_branch(*key):
            continue
        walkable = level.reachable if level is known.level else level.open_to
        if any(map(walkable, _mines_stairs(key, level))):
            return key[1]
    return None


def on_the_way_to_mines(known: Knowledge) -> bool:
    """Whether levels like this are searched: for the Mines' stairs, or to get fit for the Mines."""
    if not _seeking(known) or not _may_branch(*known.level_key):
        return False
    return mines_level(known) is None or not fit_for_mines(known)


def in_hunted_mines(known: Knowledge) -> bool:
    """Whether the hero is on a level of the Mines that is searched for dwarves."""
    levels = HUNTED_BY_DWARVES if known.race == DWARVISH else HUNTED  # sp_lev.c, create_monster
    return _seeking(known) and known.stats.dungeon == MINES and known.stats.level <= levels


def wants_up(known: Knowledge) -> bool:
    """Whether the way leads up: out of the Mines with a tool, from their end, or for who is not fit
    for them and took their stairs for others; without a tool back to them, or to a level that may
    have their stairs and was not searched to the end.
    """
    stats = known.stats
    if stats.dungeon == MINES:
        unfit = hunting(known) and not fit_for_mines(known)
        return can_dig(known) or unfit or mines_done(known)
    near = stats.dungeon == DOOM and FIRST < stats.depth <= LAST + DETOUR
    if not near or not _seeking(known) or not fit_for_mines(known):
        return False
    goal = mines_level(known) or _left_unsearched(known)
    if goal is None or not goal < stats.depth <= goal + DETOUR:
        return False
    return all(_leads_up(known, number) for number in range(goal + 1, stats.depth))


def unsearched(level: Level, number: int) -> bool:
    """Whether a level that the Mines may branch off from has unexplored parts, or hidden ones that
    are worth searching for: the more columns of the map are blank, the likelier. The last such
    level, where the hero is when the search begins, gets twice the time. On one that was mapped
    there is nothing else to be found than a way to stairs that no way is known to.
    """
    if _shows_mines_out_of_reach(level):
        turns = OUT_OF_REACH
    elif level.mapped:
        return False
    else:
        blank = int((~level.seen.any(axis=0)).sum())
        turns = (PATIENCE + TURNS_PER_COLUMN * blank) * (2 if number == LAST else 1)
    return level.frontier is not None or bool(level.searched.sum() < turns * NEIGHBOURS)


def seen_all_levels(known: Knowledge) -> bool:
    """Whether all levels that may have the Mines' stairs were explored, or these are in view out of
    reach, so that they are hidden on one: a search costs as many turns as exploring the next level,
    and finds them less often.
    """
    if _mines_out_of_reach(known) is not None:
        return True
    return not any(_unexplored(known, number) for number in range(FIRST, LAST + 1))


def _mines_out_of_reach(known: Knowledge) -> int | None:
    """Return the level whose stairs into the Mines are known, but no way to them."""
    shown = (
        number
        for number in range(FIRST, LAST + 1)
        if (DOOM, number) in known.levels
        and _shows_mines_out_of_reach(known.levels[DOOM, number])
        and _hides_more(known, number)
    )
    return next(shown, None)


def _shows_mines_out_of_reach(level: Level) -> bool:
    """Whether it has two stairs down, and no way is known to one that may lead into the Mines."""
    downs = level.where(Terrain.STAIRS_DOWN)
    untried = (square for square in downs if square not in level.leads)
    return len(downs) > 1 and not all(map(level.open_to, untried))


def _left_unsearched(known: Knowledge) -> int | None:
    """Return the nearest level above that may have the Mines' stairs: one that is not explored yet,
    since the hero fell past it or fled from it, or, once all are, one not searched to the end. A
    level like that underfoot comes first, and unexplored ones below before any search.
    """
    here, shown = known.level_key[1], _mines_out_of_reach(known)
    if shown is not None:
        return shown if shown < here else None
    above = range(FIRST, min(here, LAST + 1))
    if seen_all_levels(known):
        if here <= LAST and unsearched(known.level, here):
            return None
        return max((number for number in above if _hides_more(known, number)), default=None)
    if here <= LAST and _unexplored(known, here):
        return None
    return max((number for number in above if _unexplored(known, number)), default=None)


def _hides_more(known: Knowledge, number: int) -> bool:
    return unsearched(known.levels[DOOM, number], number)


def _unexplored(known: Knowledge, number: int) -> bool:
    level = known.levels.get((DOOM, number))
    return level is None or level.frontier is not None


def _leads_up(known: Knowledge, number: int) -> bool:
    """Whether a level of the main dungeon that was left can be crossed upwards, as far as known."""
    level = known.levels.get((DOOM, number))
    if level is None or any(map(level.open_to, level.where(Terrain.STAIRS_UP))):
        return True
    return level.frontier is not None


def _may_branch(dungeon: int, number: int) -> bool:
    return dungeon == DOOM and FIRST <= number <= LAST
