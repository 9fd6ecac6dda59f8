"""Promises of exploring past traps and boulders."""

import numpy as np
from nle import nethack as nh
from screens import cmap, screen
from situations import Situation

from envs.glyphs import BOULDER, Terrain
from envs.level import Level

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
    row = int(np.flatnonzero((glyphs[y] == cmap("|")))[-1])
    glyphs[y, row - 2] = BOULDER_GLYPH
    at.game.level.observe(glyphs, at.game.hero)
    assert at.legal("explore")
    at.play("explore")
    assert not at.game.level.boulders.any()  # the stub has none: the hero walked on its square
