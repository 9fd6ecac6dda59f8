"""Promises of dropping, in the real game."""

import pytest
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.knowledge.pickup_rules import needs_of, worth_taking
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


CHARACTERS = [
    "arc-hum-law-mal", "bar-hum-neu-mal", "cav-hum-law-mal", "cav-gno-neu-fem", "hea-hum-neu-fem",
    "kni-hum-law-mal", "mon-hum-neu-mal", "pri-hum-law-fem", "ran-elf-cha-mal", "rog-orc-cha-mal",
    "sam-hum-law-mal", "tou-hum-neu-mal", "val-dwa-law-fem", "wiz-gno-neu-mal",
]  # fmt: skip


@pytest.mark.parametrize("character", CHARACTERS)
def test_every_hero_makes_room_for_food(character):
    at = wizard_game(character, seed=3)
    if DROP.available(at.known):
        at.play("drop")
    needs = needs_of(at.known)
    assert needs.spare >= 50 and not DROP.available(at.known)
    assert worth_taking(needs, "food ration", nh.FOOD_CLASS)
    assert at.known.equipment.items and not at.known.given_up


def test_what_is_shot_is_no_ballast():
    at = wizard_game("sam-hum-law-mal", seed=3)
    at.wish("splint mail")
    while DROP.available(at.known):
        at.play("drop")
    assert {"yumi", "ya", "katana"} <= carried(at)
