"""Promises about what a hero's things are worth."""

import pytest
from helpers.packs import SHIELD, SWORD, carrying
from helpers.screens import thing
from nle import nethack as nh

from envs.knowledge import equipment
from envs.knowledge.equipment import Equipment
from envs.knowledge.inventory import read_inventory


def hero(*lines, role="val", given_up=()):
    return Equipment(role, "hum", read_inventory(carrying(*lines)), frozenset(given_up))


def weapon(letter, text, name):
    return letter, thing(name), nh.WEAPON_CLASS, text


@pytest.mark.parametrize(
    "role, kind, worn",
    [
        ("val", "plate mail", True), ("val", "plumed helmet", True), ("val", "old gloves", True),
        ("val", "snow boots", False), ("val", "fumble boots", False), ("val", "T-shirt", False),
        ("mon", "leather armor", False), ("mon", "small shield", False), ("mon", "robe", True),
        ("wiz", "chain mail", False), ("wiz", "leather armor", True), ("val", "dagger", False),
    ],
)  # fmt: skip
def test_what_a_role_wears(role, kind, worn):
    assert equipment.may_wear(role, kind) is worn


def test_the_best_weapon_is_one_the_role_has_practised():
    axe, mace = weapon("b", "a battle-axe", "battle-axe"), weapon("c", "a mace", "mace")
    assert equipment.best_weapon(hero(SWORD, axe, mace)).kind == "long sword"
    assert equipment.best_weapon(hero(axe, mace, role="bar")).kind == "battle-axe"
    assert equipment.best_weapon(hero(axe, mace, SHIELD, role="bar")).kind == "mace"
    assert equipment.best_weapon(hero(axe, mace, role="mon")) is None


def test_cursed_ones_stacks_and_what_was_given_up_are_not_taken_in_hand():
    cursed = weapon("b", "a cursed +3 katana", "katana")
    daggers = weapon("c", "9 +4 daggers", "dagger")
    katana = weapon("d", "a +2 katana", "katana")
    assert equipment.best_weapon(hero(SWORD, cursed, daggers)).letter == "a"
    assert equipment.best_weapon(hero(SWORD, katana)).letter == "d"
    assert equipment.best_weapon(hero(SWORD, katana, given_up=["a +2 katana"])).letter == "a"


def test_a_cursed_piece_leaves_nothing_to_want():
    cursed = (*SHIELD[:3], "a cursed -1 small shield (being worn)")
    assert equipment.protection_by_slot(hero(cursed)) == {"shield": equipment.IMMOVABLE}
    assert equipment.protection_by_slot(hero(SHIELD)) == {"shield": 4}
