"""Promises of the knowledge of objects. Figures are NetHack 3.6.7's (objects.c)."""

from nle import nethack as nh

from envs.data import glyphs
from envs.data.object_kinds import GLYPH_KINDS
from envs.data.objects import AMMUNITION, ARMOR, HARMFUL_ARMOR, NUTRITION, THROWN, WEAPONS


def test_every_kind_of_armour_is_in_the_table():
    known = {
        name
        for name, oclass in zip(glyphs.OBJECT_NAMES, glyphs.OBJECT_CLASSES, strict=True)
        if oclass == nh.ARMOR_CLASS and name
    }
    assert known <= set(ARMOR)
    shown = {
        name
        for name, oclass in zip(GLYPH_KINDS, glyphs.OBJECT_CLASSES, strict=True)
        if oclass == nh.ARMOR_CLASS and name
    }
    assert shown <= set(ARMOR)


def test_the_tables_name_what_the_game_has():
    missiles = {name for names in AMMUNITION.values() for name in names} - {"flint stone"}
    named = {*WEAPONS, *THROWN, *AMMUNITION, *missiles, *NUTRITION} - {"lichen corpse"}
    assert named <= set(glyphs.OBJECT_NAMES) and set(ARMOR) >= HARMFUL_ARMOR
