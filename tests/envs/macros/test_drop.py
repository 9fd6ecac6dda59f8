"""Promises of dropping, in the real game."""

import pytest
from helpers.wizard import wizard_game

from envs.macros import REGISTRY

pytestmark = pytest.mark.nethack
DROP = REGISTRY["drop"]


def burdened(*things):
    at = wizard_game(seed=1)
    for thing in things:
        at.wish(thing)
    return at


def carried(at):
    return {item.kind for item in at.known.inventory}


def test_drop_ends_the_burden_and_keeps_what_is_useful():
    at = burdened("pick-axe", "3 food rations", "wand of sleep", "4 long swords", "2 plate mails",
                  "plate mail", "chest")  # fmt: skip
    assert at.known.stats.burden > 0 and DROP.available(at.known)
    at.play("drop")
    assert at.known.stats.burden == 0 and not DROP.available(at.known)
    assert {"pick-axe", "food ration", "long sword", "small shield"} <= carried(at)
    assert not REGISTRY["pickup"].available(at.known) or at.known.hero in at.known.level.ignored


def test_nothing_is_dropped_without_need():
    assert not DROP.available(burdened("plate mail").known)


def test_what_cannot_be_dropped_is_given_up():
    at = burdened("2 cursed loadstones")
    assert at.known.stats.burden > 0
    for _ in range(3):
        if DROP.available(at.known):
            at.play("drop")
    assert not DROP.available(at.known) and "small shield" in carried(at)
