"""Promises of exploring past traps and boulders."""

import numpy as np
import pytest
from nle import nethack as nh
from screens import cmap, screen, thing
from situations import Situation
from wizard import wizard_game

from envs.glyphs import BOULDER, Terrain
from envs.level import Level
from envs.macros.explore import SEARCHED_TWICE, _burden, _lay_down, _light, _look_under

BOULDER_GLYPH = nh.GLYPH_OBJ_OFF + BOULDER


def corridor() -> Level:
    """A corridor that ends at the hero's east in a trap, all else walled in."""
    level = Level()
    level.observe(screen("-------", "|..^###", "-------", y=5, x=5), (6, 6))
    return level


def test_traps_are_passed_only_where_nothing_else_is_left():
    level = corridor()
    assert not level.reachable((6, 9))
    assert level.frontier() == (6, 11)
    assert level.at_need and level.reachable((6, 9))


def test_deadly_traps_are_never_passed():
    level = Level()
    glyphs = screen("-------", "|...###", "-------", y=5, x=5)
    glyphs[6, 8] = nh.GLYPH_CMAP_OFF + 47  # a land mine
    level.observe(glyphs, (6, 6))
    assert level.terrain[6, 8] == Terrain.DEADLY_TRAP and level.frontier() is None


def test_a_boulder_at_the_end_of_the_map_is_pushed():
    at = Situation("--------\n|@.....|\n--------")
    at.play_while_legal("explore")
    glyphs = np.array(at.game.observation["glyphs"])
    y, x = at.game.hero
    row = int(np.flatnonzero(glyphs[y] == cmap("|"))[-1])
    glyphs[y, row - 2] = BOULDER_GLYPH
    at.game.level.observe(glyphs, at.game.hero)
    assert at.legal("explore")
    at.play("explore")
    assert not at.game.level.boulders.any()  # the stub has none: the hero walked on its square


def test_stairs_are_looked_for_under_objects_when_nothing_else_is_left():
    at = Situation("--------\n|@.....|\n--------")
    glyphs = np.array(at.game.observation["glyphs"])
    y, x = at.game.hero
    at.game.level.__init__()  # type: ignore[misc]
    glyphs[y, x + 4] = thing("dagger")
    at.game.level.observe(glyphs, at.game.hero)
    at.play_while_legal("explore")
    assert at.game.hero != (y, x + 4)
    at.game.level.searched[y, x] = SEARCHED_TWICE
    at.play_while_legal("explore")
    assert at.game.hero == (y, x + 4) and not at.game.level.guessed.any()


@pytest.mark.nethack
def test_the_stairs_under_an_object_are_remembered():
    at = wizard_game()
    level, (y, x) = at.game.level, at.game.hero
    assert level.where(Terrain.STAIRS_DOWN) == []
    list(_look_under(at.game, (y, x)))
    assert level.where(Terrain.STAIRS_DOWN) == []
    at.game.messages.append("There is a staircase down here.")
    list(_look_under(at.game, (y, x)))
    assert level.where(Terrain.STAIRS_DOWN) == [(y, x)]


@pytest.mark.nethack
def test_a_heavy_pack_is_lightened_where_the_only_way_is_narrow():
    """A caveman carries 30 rocks and more; nobody squeezes past rock with more than 600."""
    at = wizard_game("cav-hum-law-mal")
    at.wish("30 rocks")
    level = Level()
    y, x = at.game.hero
    glyphs = np.full((21, 79), nh.GLYPH_CMAP_OFF, np.int16)
    glyphs[y, x], glyphs[y + 1, x + 1] = cmap("#"), cmap("#")
    level.observe(glyphs, (y, x))
    at.game.level = level
    level.bump((y + 1, x + 1), False, "You are carrying too much to get through.")
    assert level.frontier() is None and level.lighter_frontier()
    item = _burden(at.game)
    assert item is not None and item.kind == "rock"
    for key in _lay_down(at.game, item):
        at.press(key)
    assert not any(i.letter == item.letter for i in at.game.inventory)
    assert level.tight == (not _light(at.game))
