"""Promises of the memory of corpses; what is eaten of them is in test_macros.py and test_eat.py."""

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.corpses import corpse_at

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


@pytest.mark.parametrize(
    ("name", "age", "kept"),
    [("newt", 0, True), ("newt", 30, True), ("newt", 50, False), ("lichen", 5_000, True)],
)
def test_a_decision_forgets_corpses_that_may_be_rotten(name, age, kept):
    at = Situation(ROOM)
    at.set(turn=6_000)
    (species,) = species_named(name)
    level, square = at.known.level, at.at(0, 1)
    level.objects[square] = nh.GLYPH_BODY_OFF + species
    level.fresh_corpses[square] = 6_000 - age
    assert corpse_at(level, square) == species
    at.known.begin_decision()
    assert (square in level.fresh_corpses) == kept


def test_no_corpse_lies_where_nothing_lies():
    at = Situation(ROOM)
    assert corpse_at(at.known.level, at.at(0, 1)) < 0
