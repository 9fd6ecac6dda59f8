"""Promises of taking the digging tool before anybody else does."""

import pytest
from helpers.piles import beside

from envs.macros import REGISTRY

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


def test_who_has_a_tool_needs_no_other():
    at = beside("uncursed pick-axe")
    at.wish("uncursed pick-axe")
    assert not FETCH.available(at.known)
