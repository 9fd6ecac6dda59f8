"""Promises of picking things up, in the real game."""

import pytest
from helpers.piles import beside, drop

from envs.knowledge import pickup_rules
from envs.macros import REGISTRY

pytestmark = pytest.mark.nethack
PICKUP = REGISTRY["pickup"]


def carried(at):
    return {item.kind for item in at.known.inventory}


def test_pickup_takes_from_a_pile_what_this_hero_can_use():
    at = beside("uncursed tin", "uncursed bullwhip", "uncursed +0 dwarvish iron helm",
                "uncursed pick-axe", "3 uncursed silver daggers")  # fmt: skip
    at.play("pickup")
    assert {"dwarvish iron helm", "pick-axe", "silver dagger"} <= carried(at)
    assert not {"tin", "bullwhip"} & carried(at)
    assert not PICKUP.available(at.known)


def test_pickup_does_not_come_back_for_what_is_left():
    at = beside("uncursed tin", "uncursed bullwhip", "uncursed silver dagger")
    at.play("pickup")
    for key in b"lhyulhjkbn":
        at.press(key)
        assert not PICKUP.available(at.known)


def test_pickup_takes_no_armour_when_the_pack_is_nearly_full():
    at = beside("uncursed plate mail")
    assert PICKUP.available(at.known)
    at.wish("2 uncursed plate mails")
    assert pickup_rules.needs_of(at.known).bearable < 450
    assert not PICKUP.available(at.known)


@pytest.mark.parametrize("armour", ["elven mithril-coat", "chain mail", "plate mail"])
def test_better_armour_takes_the_place_of_what_is_worn(armour):
    """A barbarian in ring mail of 250, with a sword of 150, has no room left for as much again."""
    at = beside(f"uncursed {armour}", character="bar-hum-neu-mal")
    at.play("pickup")
    at.play("wear")
    while REGISTRY["drop"].available(at.known):
        at.play("drop")
    worn = {item.kind for item in at.known.inventory if item.worn}
    assert armour in worn and "ring mail" not in carried(at) and not at.known.stats.burden
    assert "two-handed sword" in carried(at)


def test_a_killed_dwarfs_tool_is_found_under_its_corpse():
    at = beside("uncursed pick-axe", "uncursed dwarf corpse")
    assert PICKUP.available(at.known)
    at.play("pickup")
    assert "pick-axe" in carried(at) and "dwarf corpse" not in carried(at)


@pytest.mark.parametrize("top", ["luckstone", "food ration", "egg"])
def test_it_is_found_under_whatever_fell_last(top):
    """What a monster leaves by chance comes to lie on what it carried (mon.c, xkilled)."""
    at = beside("uncursed pick-axe", f"uncursed {top}")
    at.play("pickup")
    assert "pick-axe" in carried(at)


@pytest.mark.parametrize("thing", ["dwarf corpse", "plate mail"])
def test_under_a_lone_thing_there_is_nothing_to_look_for(thing):
    """The screen tells piles from single things (display.h, MG_OBJPILE)."""
    at = beside(f"uncursed {thing}", character="mon-hum-neu-fem")
    assert not PICKUP.available(at.known)


def test_long_piles_are_read_to_the_last_page():
    food = ["tin", "candy bar", "cream pie", "egg", "apple", "pear", "banana", "carrot", "melon",
            "orange", "lembas wafer", "cram ration", "fortune cookie", "pancake", "clove of garlic",
            "sprig of wolfsbane", "lump of royal jelly", "K-ration", "C-ration",
            "food ration"]  # fmt: skip
    at = beside(*(f"uncursed {name}" for name in food), "uncursed pick-axe")
    at.play("pickup")
    assert {"pick-axe", "food ration"} <= carried(at)


def test_a_priest_digs_with_a_cursed_tool_too():
    at = beside("cursed pick-axe", "uncursed bullwhip", character="pri-hum-neu-mal")
    at.play("pickup")
    assert "pick-axe" in carried(at)


def test_a_tool_to_dig_with_is_worth_a_burden():
    """Nothing else is: the question whether to go on is answered with no (hack.c, lift_object)."""
    at = beside("uncursed pick-axe")
    while not at.known.stats.burden:
        at.wish("uncursed iron shoes")
    drop(at, at.known.inventory[-1].letter)
    assert not at.known.stats.burden
    at.play("pickup")
    assert "pick-axe" in carried(at) and at.known.stats.burden


def test_a_thrown_dagger_is_fetched_again():
    at = beside("uncursed silver dagger")
    at.play("pickup")
    pile = at.known.hero
    dagger = next(item for item in at.known.inventory if item.kind == "silver dagger")
    drop(at, dagger.letter)
    for key in b"lhyulhjkbn" * 4:
        at.press(key)
        if at.known.hero != pile and at.known.level.objects[pile] >= 0:
            break
    assert PICKUP.available(at.known)


def test_unpaid_things_are_put_back(monkeypatch):
    """Gold aside, a single thing is taken without a menu that would show its price."""
    at = beside("uncursed silver dagger")
    monkeypatch.setattr(
        "envs.knowledge.inventory.Item.unpaid", property(lambda i: i.kind == "silver dagger")
    )
    at.play("pickup")
    assert "silver dagger" not in carried(at) and not PICKUP.available(at.known)


def test_what_a_priest_sees_to_be_cursed_stays_in_the_pile():
    at = beside("cursed silver dagger", "uncursed silver spear", character="pri-hum-neu-mal")
    at.play("pickup")
    assert "silver spear" in carried(at) and "silver dagger" not in carried(at)
    at.press(*b"lhyulhjkbn")
    if PICKUP.available(at.known):  # a dagger shows no curse from afar: it is tried once
        at.play("pickup")
    assert not PICKUP.available(at.known)


def test_what_somebody_else_took_is_no_reason_to_shun_the_place():
    at = beside("3 uncursed food rations")
    pile = next(zip(*(at.known.level.objects >= 0).nonzero(), strict=True))
    at.known.level.objects[at.known.hero] = at.known.level.objects[pile]  # seems to lie here
    at.play(PICKUP)
    assert any("nothing here to pick up" in text for text in at.said)
    assert at.known.hero not in at.known.level.ignored and PICKUP.available(at.known)
