"""Promises of wearing and wielding, in the real game."""

import pytest
from helpers.wizard import wizard_game

from envs.knowledge import equipment
from envs.macros import REGISTRY
from envs.macros.equip import to_wear

pytestmark = pytest.mark.nethack
WEAR, WIELD = REGISTRY["wear"], REGISTRY["wield"]
QUIET = 1  # a seed with no monster in view at first


def outfit(at):
    return {item.kind for item in at.known.inventory if item.worn}


def held(at):
    return next((item.kind for item in at.known.inventory if item.wielded), None)


def play_while_legal(at, name, most=10):
    for _ in range(most):
        if not REGISTRY[name].available(at.known):
            return
        at.play(name)
    pytest.fail(f"{name} never ends")


def test_wear_fills_every_free_place():
    at = wizard_game(seed=QUIET)
    assert not WEAR.available(at.known)
    pieces = ("dwarvish iron helm", "iron shoes", "chain mail", "elven cloak")
    for piece in pieces:
        at.wish(f"uncursed +0 {piece}")
    before = at.known.stats.armor_class
    play_while_legal(at, "wear")
    assert outfit(at) == {*pieces, "small shield"}
    assert at.known.stats.armor_class == before - 2 - 2 - 5 - 1


def test_wear_changes_into_better_body_armour_under_a_cloak():
    at = wizard_game(seed=QUIET)
    for piece in ("leather armor", "elven cloak"):
        at.wish(f"uncursed +0 {piece}")
    play_while_legal(at, "wear")
    at.wish("uncursed +0 dwarvish mithril-coat")
    play_while_legal(at, "wear")
    assert outfit(at) == {"small shield", "dwarvish mithril-coat", "elven cloak"}


def test_what_is_worn_leaves_the_hero_light_enough_for_narrow_places():
    """In plate mail of 450 and a shield of 30, with a sword of 40, a hero may bear 80 more."""
    at = wizard_game(seed=QUIET)
    at.wish("uncursed +0 plate mail")
    play_while_legal(at, "wear")
    at.wish("uncursed +0 dwarvish roundshield")
    at.wish("uncursed +0 iron shoes")
    play_while_legal(at, "wear")
    assert outfit(at) == {"small shield", "plate mail", "iron shoes"}
    assert equipment.load_on(at.known.equipment) <= equipment.SQUEEZE


def test_wear_waits_until_no_hostile_is_in_view():
    at = wizard_game(seed=QUIET)
    at.wish("uncursed +0 orcish helm")
    at.create("hostile newt")
    assert not WEAR.available(at.known)


def test_wear_leaves_worse_and_harmful_things():
    at = wizard_game(seed=QUIET)
    at.wish("uncursed +0 chain mail")
    play_while_legal(at, "wear")
    for piece in ("ring mail", "levitation boots", "dunce cap", "T-shirt", "dwarvish cloak"):
        at.wish(f"uncursed {piece}")
    assert not WEAR.available(at.known)


def test_wear_gives_up_where_a_cursed_piece_is_in_the_way():
    at = wizard_game(seed=QUIET)
    at.wish("cursed +0 orcish helm")
    play_while_legal(at, "wear")
    at.wish("uncursed +0 dwarvish iron helm")
    play_while_legal(at, "wear")
    assert outfit(at) == {"small shield", "orcish helm"}


def test_no_shield_beside_a_two_handed_weapon():
    at = wizard_game(seed=QUIET)
    at.press(ord("T"))
    at.wish("uncursed +3 two-handed sword")
    at.press(ord("w"), ord(at.known.inventory[-1].letter))
    assert held(at) == "two-handed sword" and not at.known.hostiles
    assert not WEAR.available(at.known)  # of the small shield
    at.wish("uncursed +0 orcish helm")
    at.play("wear")
    assert outfit(at) == {"orcish helm"}


def test_a_monk_wears_no_body_armour_and_wields_nothing():
    at = wizard_game("mon-hum-neu-mal", seed=3)
    for thing in ("uncursed plate mail", "uncursed small shield", "uncursed katana"):
        at.wish(thing)
    assert not WEAR.available(at.known) and not WIELD.available(at.known)


def test_wield_takes_the_better_weapon_and_returns_to_it_after_digging():
    at = wizard_game(seed=QUIET)
    assert not WIELD.available(at.known)
    at.wish("uncursed pick-axe")
    letter = at.known.inventory[-1].letter
    assert not WIELD.available(at.known)
    at.press(ord("w"), ord(letter))
    assert held(at) == "pick-axe"
    play_while_legal(at, "wield")
    assert held(at) == "long sword"


def test_a_monk_drops_the_pick_from_the_hand():
    at = wizard_game("mon-hum-neu-mal", seed=3)
    at.wish("uncursed pick-axe")
    at.press(ord("w"), ord(at.known.inventory[-1].letter))
    at.play("wield")
    assert held(at) is None and any(item.kind == "pick-axe" for item in at.known.inventory)


def test_wield_gives_up_when_what_is_held_is_cursed():
    at = wizard_game(seed=QUIET)
    at.wish("cursed -3 orcish dagger")
    at.press(ord("w"), ord(at.known.inventory[-1].letter))
    play_while_legal(at, "wield")
    assert held(at) == "orcish dagger"


def test_a_loaded_bow_stays_in_the_hand_until_a_monster_is_near():
    at = wizard_game("sam-hum-law-mal", seed=2)
    bow = next(item for item in at.known.inventory if item.kind == "yumi")
    at.press(ord("w"), ord(bow.letter))
    assert held(at) == "yumi" and not WIELD.available(at.known)
    at.create("hostile newt")
    assert WIELD.available(at.known)
    at.play("wield")
    assert held(at) == "katana"


def test_a_monsters_body_wears_and_wields_nothing():
    at = wizard_game(seed=QUIET)
    for thing in ("uncursed +0 orcish helm", "uncursed +3 katana"):
        at.wish(thing)
    at.known.stats = at.known.stats._replace(monster_level=2)
    assert not WEAR.available(at.known) and not WIELD.available(at.known)


def test_wear_leaves_body_armour_to_who_holds_a_cursed_weapon_in_both_hands():
    at = wizard_game("bar-hum-neu-mal", seed=QUIET)
    at.wish("cursed two-handed sword")
    sword = next(i for i in at.known.inventory if "two-handed" in i.text and not i.wielded)
    at.press(ord("w"), ord(sword.letter), ord("\r"))
    assert any(item.wielded and item.buc == "cursed" for item in at.known.inventory)
    at.wish("uncursed +3 plate mail")
    assert to_wear(at.known.equipment) is None
    at.wish("uncursed +0 dwarvish iron helm")
    helm = to_wear(at.known.equipment)
    assert helm is not None and helm.kind == "dwarvish iron helm"
