"""Promises of the memory of shops; that nothing is taken there is in test_pick_up_stub.py."""

import numpy as np
import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.exploring import is_frontier

SHOP = "---------\n|.......|\n|.......|\n----_----\n|...@...|\n---------"
KEEPER = nh.GLYPH_MON_OFF + min(species_named("shopkeeper"))


def look_into(at: Situation) -> None:
    """The whole shop comes into view, with its keeper inside beside the door."""
    glyphs = at.known.observation["glyphs"]
    floor = glyphs[at.at(0, 1)]
    for dy in (-3, -2):
        for dx in range(-3, 4):
            glyphs[at.at(dy, dx)] = floor
    glyphs[at.at(-2, 0)] = KEEPER
    at.known.update()


def test_the_keepers_room_is_the_shop_up_to_walls_and_doors():
    at = Situation(SHOP)
    look_into(at)
    inside = {at.at(dy, dx) for dy in (-3, -2) for dx in range(-3, 4)}
    assert at.known.level.shop == inside


def test_a_shop_is_not_explored():
    at = Situation(SHOP)
    look_into(at)
    at.known.observation["glyphs"][at.at(-3, -3)] = at.known.observation["glyphs"][0, 0]  # dark
    level = at.known.level
    assert not any(is_frontier(level, square) for square in level.shop)


def test_a_shop_is_remembered_when_its_keeper_is_out_of_view():
    at = Situation(SHOP)
    look_into(at)
    at.known.observation["glyphs"][at.at(-2, 0)] = at.known.observation["glyphs"][at.at(-2, 1)]
    at.known.update()
    assert at.at(-3, 3) in at.known.level.shop


@pytest.mark.parametrize("said, inside", [
    ('"Velkommen, Agent!  Welcome to Sipaliwini\'s general store!"', True),
    ('"Hello, Agent!  Welcome again to Asidonhopo\'s bookstore!"', True),
    ("Hello Agent, welcome to NetHack!  You are a neutral human Healer.", False),
])  # fmt: skip
def test_who_is_welcomed_by_a_keeper_out_of_view_is_in_a_shop(said, inside):
    """As those are who fall through its ceiling, when it is dark."""
    at = Situation("---------\n|.......|\n|...@...|\n---------")
    at.known.observation["message"] = np.frombuffer(said.ljust(256, "\0").encode(), np.uint8)
    at.known.update()
    assert (
        at.known.level.shop == {at.at(dy, dx) for dy in (-1, 0) for dx in range(-3, 4)}
    ) == inside


@pytest.mark.parametrize("condition", [nh.BL_MASK_HALLU, nh.BL_MASK_HALLU | nh.BL_MASK_CONF])
def test_a_hallucinated_keeper_makes_no_shop(condition):
    at = Situation(SHOP)
    at.known.observation["blstats"][nh.NLE_BL_CONDITION] = condition
    look_into(at)
    assert not at.known.level.shop
