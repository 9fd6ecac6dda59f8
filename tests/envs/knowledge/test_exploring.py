"""Promises of where there is more to explore, and of the ways that are opened to it."""

import pytest
from helpers.room import room, seen_room
from helpers.screens import monster, screen
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.exploring import (
    MAX_TRIES,
    PATIENCE,
    SEARCHED_FOR_LONG,
    cut_off,
    open_ways,
)
from envs.knowledge.level import Level


def corridor() -> Level:
    """A corridor that ends at the hero's east in a trap, all else walled in."""
    level = Level()
    level.observe(screen("-------", "|..^###", "-------", y=5, x=5), (6, 6))
    return level


def test_traps_are_passed_only_where_nothing_else_is_left():
    level = corridor()
    assert not level.reachable((6, 9))
    assert level.frontier is None and open_ways(level) == (6, 11)
    assert level.need == 1 and level.reachable((6, 9))


def glyph_of(trap: str) -> int:
    names = [nh.symdef.from_idx(i).explanation for i in range(65)]
    return nh.GLYPH_CMAP_OFF + names.index(trap)


@pytest.mark.parametrize("trap", ["land mine", "magic trap", "teleportation trap"])
def test_deadly_traps_and_those_that_undo_the_way_are_passed_only_after_a_long_search(trap):
    level = Level()
    glyphs = screen("-------", "|...###", "-------", y=5, x=5)
    glyphs[6, 8] = glyph_of(trap)
    level.observe(glyphs, (6, 6))
    assert level.terrain[6, 8] == Terrain.DEADLY_TRAP and open_ways(level) is None
    level.searched[5:8, 5:8] = SEARCHED_FOR_LONG // 9
    assert open_ways(level) == (6, 11) and level.path((6, 9))[-2] == (6, 8)


def test_a_deadly_trap_that_bars_no_way_is_never_passed():
    level = Level()
    glyphs = screen("-------", "|....||", "-------", y=5, x=5)
    glyphs[6, 9] = glyph_of("magic trap")
    level.observe(glyphs, (6, 6))
    level.searched[:] = SEARCHED_FOR_LONG
    assert open_ways(level) is None and not level.reachable((6, 9))


def test_a_frontier_that_is_not_reached_for_long_is_given_up():
    glyphs = screen("-------", "|...###", "-------", y=5, x=5)
    level = Level()
    level.observe(glyphs, (6, 6))
    for turn in range(1, MAX_TRIES + 1):
        assert open_ways(level, turn) == open_ways(level, turn) == (6, 11)
    assert open_ways(level, MAX_TRIES + 1) is None and level.frontier is None


def test_a_level_that_was_mapped_has_nothing_more_to_explore():
    level = Level()
    level.observe(screen("-------", "|...###", "-------", y=5, x=5), (6, 6))
    assert level.frontier is not None
    level.map_all()
    assert level.frontier is None and level.mapped


def test_blocked_squares_get_another_chance_where_nothing_else_is_left_now_and_then():
    """What stood there may have gone; what is there for good is not tried all the time."""
    level = Level()
    level.observe(screen("-----", "|...#", "-----", y=8, x=30), (9, 31))
    chances = []
    for turn in range(1, 3 * PATIENCE):
        if open_ways(level, turn) is not None:
            chances.append(turn)
            level.block((9, 33))
    assert chances == [1, 2, 2 + PATIENCE, 2 + 2 * PATIENCE]


def test_a_deadly_trap_that_may_hide_more_is_passed_after_a_long_search():
    """Nothing beyond it was ever seen."""
    level = Level()
    glyphs = screen("----", "|...", "----", y=5, x=5)
    glyphs[6, 8] = glyph_of("magic trap")
    level.observe(glyphs, (6, 6))
    assert open_ways(level) is None
    level.searched[5:8, 5:8] = SEARCHED_FOR_LONG // 9
    assert open_ways(level) == (6, 8)


def test_monsters_that_cut_the_hero_off():
    glyphs = screen("-------", "|.....#", "-------", y=8, x=30)
    glyphs[9, 33] = monster("floating eye")
    level = Level()
    level.observe(glyphs, (9, 31))
    assert level.frontier is None and cut_off(level)
    glyphs = room()
    glyphs[9, 33] = monster("floating eye")
    assert not cut_off(seen_room(glyphs))  # the hero walks round it


def test_monsters_that_cut_the_hero_off_from_stairs_up():
    glyphs = screen("-------", "|..<..|", "-------", y=8, x=30)
    glyphs[9, 32] = monster("red mold")
    level = Level()
    level.observe(glyphs, (9, 31))
    level.seen[:] = True
    for square in ((9, 34), (9, 35)):
        level.set_terrain(square, Terrain.WALL)
    level.terrain[9, 25:31] = Terrain.CORRIDOR  # most of what is known is on the hero's side
    level._note_change()
    assert not cut_off(level) and cut_off(level, Terrain.STAIRS_UP)
