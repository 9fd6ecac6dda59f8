"""Who bars the only way on, and what is done about it."""

import pytest
from helpers.situations import Situation, show

from envs.data.glyphs import Terrain
from envs.knowledge.exploring import SEARCHED_FOR_LONG, bars, cut_off
from envs.macros.barred import barring

DEAD_END = "-----------\n|.@.......|\n-----------"


def test_a_mold_at_a_dead_end_is_struck_once_the_level_was_searched_in_vain():
    """The way on may be hidden behind it, though nothing beyond is known."""
    at = Situation(DEAD_END, hp=60)
    show(at, "yellow mold", 0, 7)
    assert not at.legal("fight")
    at.known.level.searched[at.at(0, 0)] = SEARCHED_FOR_LONG
    assert at.legal("fight")


@pytest.mark.parametrize("in_vain", [False, True])
def test_a_sleeper_far_off_is_gone_to_if_it_keeps_the_hero_from_the_stairs(in_vain):
    at = Situation("-" * 26 + "\n|@" + "." * 22 + ">|\n" + "-" * 26, hp=60)
    show(at, "leprechaun", 0, 16)
    at.known.level.searched[at.at(0, 0)] = SEARCHED_FOR_LONG if in_vain else 0
    assert not at.legal("descend") and at.legal("fight") == in_vain


def test_of_those_in_sight_only_who_bars_the_way_is_struck():
    """A hero went to a mold that did not, lost from sight who did, and was drawn to the stairs."""
    at = Situation("-" * 26 + "\n|.@" + "." * 21 + ">|\n" + "-" * 26, hp=60)
    show(at, "yellow mold", 0, -1)
    show(at, "leprechaun", 0, 9)
    assert [m.name for m in barring(at.known, afar=True)] == ["leprechaun"]


def test_molds_side_by_side_bar_nothing_but_each_other():
    """Going to them, out of sight of who did bar the way up, a hero went to and fro."""
    room = "-" * 26 + "\n|@" + "." * 21 + ">|\n|......................|\n" + "-" * 26
    level = Situation(room, hp=60).known.level
    y, x = level.hero
    level.rooted = {(y + 1, x + 5): 0, (y + 1, x + 6): 0}
    level.set_terrain((y + 1, x + 9), Terrain.FLOOR)
    assert not bars(level, (y + 1, x + 5)) and not cut_off(level)
