"""Promises of finding out what wands are, in the real game."""

import pytest
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.wands import effect_of
from envs.macros import REGISTRY
from envs.macros.rays import LASTS, lines_of_fire, note_effect

pytestmark = pytest.mark.nethack
ZAP = REGISTRY["zap"]
QUIET = 1  # a seed with no monster in view at first


def holding(wand):
    """A hero in peace on plain floor, with a wand that is not known."""
    at = wizard_game(seed=QUIET)
    at.wish(f"blessed wand of {wand}")
    at.press(*b"lh")  # off the stairs
    return at


def wand_of(at):
    return next(item for item in at.known.inventory if item.oclass == nh.WAND_CLASS)


@pytest.mark.parametrize(
    "wand, learnt",
    [
        ("sleep", "sleep"), ("death", "sleep"), ("cold", "cold"), ("striking", "striking"),
        ("magic missile", "magic missile"), ("slow monster", "slow monster"),
        ("digging", "digging"), ("fire", "fire"), ("lightning", "lightning"), ("opening", ""),
    ],
)  # fmt: skip
def test_engraving_tells_what_an_unknown_wand_is(wand, learnt):
    """wiki: Engrave-identification; some learn the name so, and some only the hero does."""
    at = holding(wand)
    assert at.play("zap").startswith(f"E{wand_of(at).letter}")
    assert effect_of(at.known, wand_of(at)) == learnt
    assert not ZAP.available(at.known) and at.known.prompt is None


def test_who_has_speed_monster_becomes_fast():
    at = holding("speed monster")
    at.play("zap")
    assert "z" in at.play("zap") and "speed up" in at.said[-1]
    assert not ZAP.available(at.known)


def test_wands_are_not_engraved_with_on_stairs_or_among_foes():
    at = wizard_game(seed=QUIET)
    at.wish("blessed wand of opening")
    at.known.level.set_terrain(at.known.hero, Terrain.STAIRS_UP)
    assert not ZAP.available(at.known)
    at.known.level.set_terrain(at.known.hero, Terrain.FLOOR)
    assert ZAP.available(at.known)
    at.create("hostile newt")
    assert not ZAP.available(at.known)


def test_the_next_wand_is_tried_on_another_square():
    """Dust covers no engraving, and the charge would be lost (engrave.c, doengrave)."""
    at = holding("digging")
    at.wish("blessed wand of slow monster")
    slow = at.known.inventory[-1]
    at.play("zap")
    assert not ZAP.available(at.known)
    at.press(*b"hj")
    at.play("zap")
    assert effect_of(at.known, slow) == "slow monster"


def test_a_wand_is_tried_again_where_an_engraving_was_in_the_way():
    at = holding("digging")
    at.play("zap")
    at.wish("blessed wand of slow monster")
    slow, at.known.engraved_at = at.known.inventory[-1], None
    at.play("zap")
    assert any("cannot wipe out" in text for text in at.said)
    assert not ZAP.available(at.known)
    at.press(*b"hj")
    at.play("zap")
    assert effect_of(at.known, slow) == "slow monster"


def test_one_bolt_slows_a_foe_down_for_good():
    """Who has one more dies zapping it."""
    at = wizard_game(seed=QUIET)
    at.wish("blessed wand of slow monster")
    at.known.wands[wand_of(at).name] = "slow monster"
    at.create("hostile soldier")
    at.known.stats = at.known.stats._replace(hit_points=3)
    assert lines_of_fire(at.known, "slow monster")
    note_effect(at.known, "slow monster")
    assert not lines_of_fire(at.known, "slow monster")
    at.known.stats = at.known.stats._replace(turn=at.known.stats.turn + LASTS["slow monster"])
    assert lines_of_fire(at.known, "slow monster")
