"""Promises of digging down, in the real game."""

import pytest
from helpers.wizard import wizard_game

from envs.knowledge.digging import can_dig
from envs.macros import REGISTRY
from envs.situation import describe_situation, situation

pytestmark = pytest.mark.nethack
DIG = REGISTRY["dig"]


def test_dig_wants_a_tool():
    at = wizard_game("val-hum-neu-fem")
    assert not can_dig(at.known) and not DIG.available(at.known)
    at.wish("uncursed pick-axe")
    assert can_dig(at.known)
    assert "a digging tool in the pack" in describe_situation(situation(at.known))


@pytest.mark.parametrize("tool", ["uncursed pick-axe", "uncursed dwarvish mattock"])
def test_dig_falls_to_the_next_level(tool):
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(5)
    at.wish(tool)
    for _ in range(20):
        if at.known.stats.depth == 6 or not DIG.available(at.known):
            break
        at.play("dig")
    assert at.known.stats.depth == 6


def test_a_wand_of_digging_is_quicker():
    at = wizard_game("arc-dwa-law-mal")
    at.go_to(5)
    at.wish("wand of digging")
    wand = at.known.inventory[-1]
    identified = wand._replace(text="a wand of digging (0:5)", name="wand of digging (0:5)")
    at.known.inventory = (*at.known.inventory[:-1], identified)  # as after it was identified
    keys = at.play("dig")
    assert at.known.stats.depth == 6 and keys.startswith("z" + wand.letter)


def test_stairs_are_left_before_digging():
    at = wizard_game("arc-dwa-law-mal")  # a game starts on the stairs up
    for _ in range(20):
        if at.known.stats.depth == 2:
            break
        at.play("dig")
    assert at.known.stats.depth == 2


def test_sokoban_is_not_dug():
    at = wizard_game("arc-dwa-law-mal")
    at.known.stats = at.known.stats._replace(dungeon=4)
    assert not DIG.available(at.known)


def test_what_cannot_be_swung_is_given_up():
    """A mattock needs both hands, and one of them holds a shield (apply.c, use_pick_axe)."""
    at = wizard_game("val-hum-neu-fem")
    at.wish("uncursed dwarvish mattock")
    keys = at.play("dig")
    assert any("while wearing a shield" in text for text in at.said)
    assert keys.count("a") == 1 and not can_dig(at.known)
