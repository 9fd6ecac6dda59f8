"""Promises of the memory of corpses; what is eaten of them is in test_eat.py."""

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.corpses import corpse_at, is_fresh

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


@pytest.mark.parametrize(
    ("name", "age", "kept"),
    [("newt", 0, True), ("newt", 50, True), ("newt", 51, False), ("lichen", 5_000, True)],
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


@pytest.mark.parametrize(
    "age, hungry, fresh",
    [(39, False, True), (40, False, False), (50, True, True), (51, True, False)],
)
def test_how_old_a_corpse_may_be(age, hungry, fresh):
    """Its age / (10 to 29) must be at most 3, lest it cost hit points; at most 5, lest it kill."""
    (newt,) = species_named("newt")
    assert is_fresh(newt, age, hungry) == fresh
    assert (age // 10 <= (5 if hungry else 3)) or not fresh
