"""Promises of the names of objects. They are worded as NetHack 3.6.7 does (objnam.c)."""

import pytest
from nle import nethack as nh

from envs.data import glyphs
from envs.data.object_kinds import GLYPH_KINDS, kind_of, weight


@pytest.mark.parametrize(
    "text, kind",
    [
        ("2 cursed rusty +0 runed daggers (in quiver)", "elven dagger"),
        ("an uncursed +3 small shield (being worn)", "small shield"),
        ("a pair of snow boots", "snow boots"),
        ("an uncursed very corroded +0 pair of hard shoes", "iron shoes"),
        ("3 uncursed food rations", "food ration"),
        ("2 partly eaten cram rations", "cram ration"),
        ("4 cloves of garlic", "clove of garlic"),
        ("a eucalyptus leaf", "eucalyptus leaf"),
        ("3 eucalyptus leaves", "eucalyptus leaf"),
        ("2 knives", "knife"),
        ("3 staves", "quarterstaff"),
        ("a broad pick", "dwarvish mattock"),
        ("2 lichen corpses", "lichen corpse"),
        ("a set of gray dragon scales", "gray dragon scales"),
        ("a hard hat", "dwarvish iron helm"),
        ("a long sword named Excalibur", "long sword"),
        ("7 throwing stars", "shuriken"),
        ("5 ya", "ya"),
        ("2 gunyoki", "food ration"),
        ("3 shitos", "knife"),
        ("a pair of yugake", "leather gloves"),
        ("a runed broadsword", "elven broadsword"),
        ("an opera cloak (for sale, 80 zorkmids)", "opera cloak"),
    ],
)
def test_the_kind_is_read_from_the_text(text, kind):
    assert kind_of(text) == kind


def test_shuffled_armour_goes_by_its_looks_on_the_map():
    boots = glyphs.OBJECT_NAMES.index("levitation boots")
    assert GLYPH_KINDS[boots] == "snow boots"  # whatever that is in this game
    assert GLYPH_KINDS[glyphs.OBJECT_NAMES.index("iron shoes")] == "iron shoes"


@pytest.mark.parametrize(
    "kind, oclass, pounds",
    [
        ("plate mail", nh.ARMOR_CLASS, 450),
        ("dagger", nh.WEAPON_CLASS, 10),
        ("newt corpse", nh.FOOD_CLASS, 10),
        ("human corpse", nh.FOOD_CLASS, 1450),
        ("scroll labeled FOOBIE BLETCH", nh.SCROLL_CLASS, 5),
        ("murky potion", nh.POTION_CLASS, 20),
        ("see invisible", nh.POTION_CLASS, 20),
        ("enchant armor", nh.SCROLL_CLASS, 5),
        ("teleportation", nh.WAND_CLASS, 7),
        ("invisibility", nh.RING_CLASS, 3),
        ("sleep", nh.SPBOOK_CLASS, 50),
        ("pick-axe", nh.TOOL_CLASS, 100),
    ],
)
def test_weights(kind, oclass, pounds):
    assert weight(kind, oclass) == pounds
