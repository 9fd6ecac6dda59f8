"""A game can begin with named items, and is an ordinary game from then on."""

import numpy as np
import pytest

from envs.nethack.env import NetHack, is_death
from envs.nethack.settings import NetHackSettings
from envs.nethack.wizkit import check_items, item_names
from envs.settings import make_settings

WISH = 23  # ^W: in wizard mode it asks what to wish for


@pytest.mark.parametrize(
    "item",
    ["pick-axe", "a pick-axe", "2 scrolls of teleportation", "blessed +2 long sword",
     "uncursed wand of digging", "3 cursed potions of healing", "amulet of life saving",
     "7 daggers", "spellbook of force bolt", "ring of free action", "bag of holding"],
)  # fmt: skip
def test_items_that_nethack_has_are_known(item):
    check_items([item])


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("pickaxe", "did you mean 'pick-axe'"),
        ("2 scrolls of teleport", "did you mean 'scroll of teleportation'"),
        ("healing", "unknown item 'healing'"),
        ("Amulet of Yendor", "unknown item"),
        ("", "unknown item ''"),
        ("pick-axe\nwand of death", "unknown item"),
        ("0 pick-axe", "unknown item"),
        ("+99 dagger", "unknown item"),
    ],
)
def test_what_it_does_not_have_is_told_with_the_nearest(item, told):
    with pytest.raises(ValueError, match=told.replace("'", ".")):
        make_settings(NetHackSettings, {"wizkit": [item]})


def test_there_is_a_limit():
    with pytest.raises(ValueError, match="at most 20 items"):
        check_items(["dagger"] * 21)


def pack(observation):
    return [bytes(row).split(b"\0")[0].decode() for row in observation["inv_strs"] if row[0]]


@pytest.mark.nethack
@pytest.mark.parametrize("character", ["@", "sam-hum-law-mal"])
def test_the_items_are_in_the_pack_of_the_hero_that_would_have_been(character):
    plain, given = NetHack(character=character), None
    _, info = plain.reset(seed=5)
    plain.close()
    given = NetHack(character=character, wizkit=("pick-axe", "2 blessed potions of healing"))
    observation, with_items = given.reset(seed=5)
    assert with_items["character"] == info["character"]
    assert any("pick-axe" in item for item in pack(observation))
    again, _ = given.reset(seed=5)  # and the same every time
    assert pack(again) == pack(observation)
    assert np.array_equal(again["glyphs"], observation["glyphs"])
    given.close()


@pytest.mark.nethack
def test_wizard_mode_is_left_before_the_first_key():
    game = NetHack(character="val-hum-neu-fem", wizkit=("pick-axe",))
    game.reset(seed=1)
    game.press(WISH)
    message = bytes(game.observation["message"]).split(b"\0")[0].decode()
    assert "wish" not in message.lower(), message
    game.press(ord("s"))
    screen = "\n".join(bytes(row).decode("latin-1") for row in game.observation["tty_chars"])
    assert "Agent the Stripling" in screen
    game.close()


@pytest.mark.nethack
def test_a_hero_who_dies_stays_dead():
    """In wizard mode NetHack would ask "Die?", and go on at no."""
    game = NetHack(character="tou-hum-neu-fem", wizkit=("wand of fire",))
    observation, _ = game.reset(seed=0)
    letter = observation["inv_letters"][len(pack(observation)) - 1]  # the last is what was given
    over = False
    while not over:  # it may take two: 6d6 against some 12 hit points
        for key in (ord("z"), int(letter), ord("."), 13):
            over = over or game.press(key)
    assert game.terminated and is_death(game.outcome().cause), game.outcome()
    game.close()


def test_every_name_is_an_item_that_one_can_ask_for():
    check_items(item_names()[:20])
    assert {"pick-axe", "scroll of genocide", "wand of wishing", "tripe ration"} <= {*item_names()}
