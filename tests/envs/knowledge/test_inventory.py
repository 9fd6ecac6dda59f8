"""Promises of the inventory. The lines are as NetHack 3.6.7 words them."""

import pytest
from helpers.packs import SHIELD, SWORD, carrying
from helpers.screens import thing
from nle import nethack as nh

from envs.knowledge.inventory import read_inventory

RATIONS = ("d", thing("food ration"), nh.FOOD_CLASS, "2 uncursed food rations")


def test_letters_classes_glyphs_and_texts_come_in_order():
    items = read_inventory(carrying(SWORD, SHIELD, RATIONS))
    assert [(i.letter, i.glyph, i.oclass, i.text) for i in items] == [SWORD, SHIELD, RATIONS]


def test_an_empty_pack():
    assert read_inventory(carrying()) == ()


def test_a_full_pack():
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    items = read_inventory(carrying(*((c, *SWORD[1:]) for c in letters)))
    assert "".join(item.letter for item in items) == letters


@pytest.mark.parametrize(
    "text, count, buc, name",
    [
        ("2 uncursed food rations", 2, "uncursed", "food rations"),
        ("an uncursed +0 dagger", 1, "uncursed", "+0 dagger"),
        ("a cursed -1 helmet", 1, "cursed", "-1 helmet"),
        ("the blessed Excalibur", 1, "blessed", "Excalibur"),
        ("24 gold pieces", 24, None, "gold pieces"),
        ("a scroll labeled FOOBIE BLETCH", 1, None, "scroll labeled FOOBIE BLETCH"),
        ("13 +2 arrows (in quiver)", 13, None, "+2 arrows (in quiver)"),
        ("Sting", 1, None, "Sting"),
    ],
)
def test_count_curse_state_and_name(text, count, buc, name):
    (item,) = read_inventory(carrying(("a", SWORD[1], nh.WEAPON_CLASS, text)))
    assert (item.quantity, item.buc, item.name) == (count, buc, name)


def test_type_name_is_of_the_kind_not_of_the_stack():
    rations, sword = read_inventory(carrying(RATIONS, SWORD))
    assert (rations.type_name, sword.type_name) == ("food ration", "long sword")


def test_equipped_is_worn_or_wielded():
    sword, shield, rations = read_inventory(carrying(SWORD, SHIELD, RATIONS))
    dagger = ("b", thing("dagger"), nh.WEAPON_CLASS, "a +0 dagger (alternate weapon; not wielded)")
    (spare,) = read_inventory(carrying(dagger))
    assert sword.equipped and shield.equipped
    assert not rations.equipped and not spare.equipped


@pytest.mark.parametrize(
    "name, worn",
    [
        ("a blessed thoroughly rusty thoroughly corroded +0 dwarvish iron helm", True),
        ("a blessed thoroughly burnt thoroughly rotted greased +0 cloak of protection", True),
        ("a thoroughly rusty thoroughly corroded +0 dwarvish iron helm (unpaid, 26 zm)", False),
    ],
)
def test_a_name_too_long_for_its_line_still_tells_that_it_is_worn(name, worn):
    """NLE passes on 79 characters (``inv_strs``: 80 bytes, the last of them a zero)."""
    text = (name + " (being worn)" * worn)[:79]
    (helm,) = read_inventory(carrying(("e", thing("helmet"), nh.ARMOR_CLASS, text)))
    assert helm.worn == worn


def test_a_long_name_still_tells_what_is_in_the_hand():
    name = "a blessed thoroughly rusty thoroughly corroded poisoned +0 long sword (weapon in hand)"
    (sword,) = read_inventory(carrying(("a", thing("long sword"), nh.WEAPON_CLASS, name[:79])))
    assert sword.wielded and not sword.worn


def test_kind_enchantment_and_price():
    hat = ("e", thing("dwarvish iron helm"), nh.ARMOR_CLASS, "a cursed -2 hard hat (being worn)")
    sale = ("f", thing("dagger"), nh.WEAPON_CLASS, "2 daggers (unpaid, 8 zorkmids)")
    named = ("g", thing("long sword"), nh.WEAPON_CLASS, "the blessed +3 Excalibur")
    helm, daggers, excalibur = read_inventory(carrying(hat, sale, named))
    assert (helm.kind, helm.enchantment, helm.buc, helm.worn) == (
        "dwarvish iron helm", -2, "cursed", True,
    )  # fmt: skip
    assert (daggers.kind, daggers.enchantment, daggers.unpaid) == ("dagger", 0, True)
    assert (excalibur.kind, excalibur.enchantment) == ("long sword", 3)


@pytest.mark.parametrize("charges, spent", [
    ("", False), (" (0:4)", False), (" (0:0)", True),
    (" (1:0)", True), (" (1:3)", False),  # recharged once
    (" (0:-1)", True),  # cancelled
    (" (0:10)", False), (" (0:0) (unpaid, 150 zorkmids)", True),
])  # fmt: skip
def test_charges_tell_whether_a_wand_is_spent(charges, spent):
    text = f"a wand of digging{charges}"
    (wand,) = read_inventory(carrying(("i", thing("digging"), nh.WAND_CLASS, text)))
    assert wand.spent == spent


def test_a_glyph_of_another_class_is_a_hallucination_and_tells_nothing():
    """NLE draws the inventory's glyphs as the hero sees them (display.h, obj_to_glyph)."""
    potion = ("h", thing("food ration"), nh.POTION_CLASS, "a murky potion")
    assert read_inventory(carrying(potion))[0].kind == "murky potion"


def test_weight_is_of_the_whole_stack():
    rations, sword = read_inventory(carrying(RATIONS, SWORD))
    assert (rations.weight, sword.weight) == (40, 40)
