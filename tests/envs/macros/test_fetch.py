"""Promises of taking the digging tool before anybody else does."""

import pytest
from helpers.piles import beside
from helpers.wizard import wizard_game

from envs.data.glyphs import species_named
from envs.knowledge.digging import can_dig
from envs.knowledge.level import WHATEVER_IS_LEFT
from envs.knowledge.peace import Monster
from envs.macros import REGISTRY
from envs.macros.dig import learn_of_tool

pytestmark = pytest.mark.nethack
FETCH = REGISTRY["fetch"]


@pytest.mark.parametrize("tool", ["pick-axe", "dwarvish mattock"])
def test_a_digging_tool_in_view_is_taken(tool):
    at = beside(f"uncursed {tool}")
    at.play("fetch")
    assert tool in {item.kind for item in at.known.inventory}
    assert not FETCH.available(at.known)


def test_nothing_else_is():
    assert not FETCH.available(beside("uncursed dwarvish iron helm").known)


def test_heaps_are_looked_through_at_once_in_the_mines_alone():
    at = beside("uncursed pick-axe", "uncursed food ration")
    assert not FETCH.available(at.known)
    at.known.stats = at.known.stats._replace(dungeon=2)
    assert FETCH.available(at.known)


def test_who_is_threatened_fights_first():
    at = beside("uncursed pick-axe")
    at.create("hostile jackal")
    assert not FETCH.available(at.known)


def test_a_tool_that_fell_from_the_hands_is_taken_up_again():
    """Who fumbles drops what he digs with (dig.c, dig), perhaps on a heap that was searched."""
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(5)
    level, hero = at.known.level, at.known.hero
    level.searched_heaps[hero] = WHATEVER_IS_LEFT
    pick = next(item for item in at.known.inventory if item.kind == "pick-axe")
    at.send("d" + pick.letter)
    assert not can_dig(at.known) and not FETCH.available(at.known)
    at.known.messages = ["You fumble and drop your pick-axe."]
    learn_of_tool(at.known, level, hero, pick)
    at.play("fetch")
    assert can_dig(at.known)


def test_who_has_a_tool_needs_no_other():
    at = beside("uncursed pick-axe")
    at.wish("uncursed pick-axe")
    assert not FETCH.available(at.known)


@pytest.mark.parametrize(
    "health, foe, goes",
    [(1.0, "hill orc", True), (0.4, "hill orc", False), (0.4, "newt", True), (1.0, "ettin", False)],
)
def test_the_hurt_and_the_outmatched_run_no_errands_in_sight_of_a_foe(health, foe, goes):
    at = beside("uncursed pick-axe")
    stats = at.known.stats
    at.known.stats = stats._replace(hit_points=int(health * stats.max_hit_points))
    (species,), (y, x) = species_named(foe), at.known.hero
    at.known.level.peace.see([Monster(y, x + 5, species, False, False)])
    assert FETCH.available(at.known) == goes
