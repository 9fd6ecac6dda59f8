"""Promises about what deserves to be picked up."""

import pytest
from helpers.screens import corpse, thing
from nle import nethack as nh

from envs.knowledge import pickup_rules
from envs.knowledge.pickup_rules import Needs

NAKED = Needs("val", "hum", (), (), 5.5, False, (), 500, 700)


@pytest.mark.parametrize(
    "kind, oclass, wanted",
    [
        ("gold piece", nh.COIN_CLASS, True), ("food ration", nh.FOOD_CLASS, True),
        ("tin", nh.FOOD_CLASS, False), ("tripe ration", nh.FOOD_CLASS, True),
        ("dagger", nh.WEAPON_CLASS, True), ("arrow", nh.WEAPON_CLASS, False),
        ("pick-axe", nh.TOOL_CLASS, True), ("chest", nh.TOOL_CLASS, False),
        ("katana", nh.WEAPON_CLASS, False), ("plate mail", nh.ARMOR_CLASS, True),
        ("murky potion", nh.POTION_CLASS, True), ("boulder", nh.ROCK_CLASS, False),
    ],
)  # fmt: skip
def test_what_deserves_to_be_picked_up(kind, oclass, wanted):
    assert pickup_rules.worth_taking(NAKED, kind, oclass) is wanted


def test_wants_depend_on_the_hero():
    archer = NAKED._replace(ammunition=("arrow",))
    assert pickup_rules.worth_taking(archer, "arrow", nh.WEAPON_CLASS)
    full = NAKED._replace(spare=10)
    assert not pickup_rules.worth_taking(full, "food ration", nh.FOOD_CLASS)
    clad = NAKED._replace(protection=(("body armor", 7),))
    assert not pickup_rules.worth_taking(clad, "plate mail", nh.ARMOR_CLASS)
    assert not pickup_rules.worth_taking(NAKED._replace(digs=True), "pick-axe", nh.TOOL_CLASS)
    assert pickup_rules.worth_taking(NAKED._replace(weapon=1.0), "long sword", nh.WEAPON_CLASS)


@pytest.mark.parametrize(
    "worn, bearable, kind, wanted",
    [
        # weights by objects.c: ring mail 250, elven mithril-coat 150, plate mail 450, iron shoes 50
        (("body armor", 250), 0, "elven mithril-coat", True),
        (("body armor", 250), 200, "plate mail", True),
        (("body armor", 250), 195, "plate mail", False),
        (("helmet", 250), 200, "plate mail", False),
        (("body armor", 250), 50, "iron shoes", True),
        (("body armor", 250), 45, "iron shoes", False),
    ],
)
def test_armour_weighs_what_it_adds_to_what_it_takes_the_place_of(worn, bearable, kind, wanted):
    clad = NAKED._replace(worn=(worn,), spare=0, bearable=bearable)
    assert pickup_rules.worth_taking(clad, kind, nh.ARMOR_CLASS) is wanted


def test_glyphs_of_what_is_wanted():
    table = pickup_rules.wanted_glyphs(NAKED)
    assert table[thing("dagger")] and table[corpse("lichen")]
    assert not table[corpse("newt")] and not table[-1]


def test_no_two_handed_weapon_for_who_wears_a_shield():
    weak = NAKED._replace(role="bar", weapon=1.0)
    assert pickup_rules.worth_taking(weak, "two-handed sword", nh.WEAPON_CLASS)
    shielded = weak._replace(protection=(("shield", 1),))
    assert not pickup_rules.worth_taking(shielded, "two-handed sword", nh.WEAPON_CLASS)
