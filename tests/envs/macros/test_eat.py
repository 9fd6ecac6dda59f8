"""Promises of eating, on the stub and in the real game."""

import pytest
from helpers.piles import beside
from helpers.screens import thing
from helpers.situations import Situation, fallen
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.data.monsters import RACE_FLAGS, safe_to_eat
from envs.macros import REGISTRY
from envs.stub.things import Item, apples

SMALL_ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"

ROOM = "-------\n|@....|\n-------"


def hungry(*names, **state):
    """The hero with these foods, and nothing else to eat."""
    at = Situation(ROOM, **({"nutrition": 140} | state))
    del at.world.items["d"]
    for letter, name in zip("fghij", names, strict=False):
        at.world.items[letter] = Item(name, thing(name), nh.FOOD_CLASS, nutrition=50)
    at.set()
    return at


def test_what_fills_most_is_eaten_first():
    at = hungry("apple", "food ration", "orange")
    at.play("eat")
    assert {item.name for item in at.world.items.values()} >= {"apple", "orange"}
    assert "food ration" not in {item.name for item in at.world.items.values()}


@pytest.mark.parametrize("name", ["tin", "egg", "tripe ration", "glob of green slime"])
def test_doubtful_food_is_left_alone(name):
    assert not hungry(name).legal("eat")


def test_tripe_is_better_than_starving():
    assert hungry("tripe ration", nutrition=40).legal("eat")


def test_corpses_of_ones_own_race_are_left_alone():
    (dwarf,) = species_named("dwarf")
    assert not safe_to_eat(dwarf)
    assert not safe_to_eat(dwarf, RACE_FLAGS["dwa"])
    assert safe_to_eat(dwarf, RACE_FLAGS["hum"])


@pytest.mark.parametrize("name", ["dwarf zombie", "doppelganger", "werejackal", "cockatrice"])
def test_some_corpses_are_for_nobody(name):
    for species in species_named(name):
        assert not safe_to_eat(species, kin=0, poison_resistant=True)


def test_poisonous_corpses_are_for_the_resistant():
    (kobold,) = species_named("large kobold")
    assert not safe_to_eat(kobold, kin=0)
    assert safe_to_eat(kobold, kin=0, poison_resistant=True)


@pytest.mark.nethack
@pytest.mark.parametrize("seed", range(1, 7))
def test_what_a_zombie_leaves_is_never_fresh(seed):
    """Its corpse is of the living kind, but long dead (mon.c, undead_to_corpse)."""
    at = wizard_game("sam-hum-law-mal", seed)
    at.create("hostile gnome zombie")
    for _ in range(6):
        if REGISTRY["fight"].available(at.known):
            at.play("fight")
    assert not at.known.level.fresh_corpses


def with_a_corpse(**state) -> Situation:
    """A newt's fresh corpse two steps away."""
    at = hungry(**state)
    at.lay(fallen("newt"), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    return at


def test_nobody_sits_down_to_a_meal_where_somebody_out_of_sight_shoots():
    at = hungry("apple")
    assert at.legal("eat")
    at.known.shot_at = at.known.stats.turn
    assert not at.legal("eat")


@pytest.mark.parametrize("character, eats", [
    ("hea-gno-neu-fem", False), ("cav-hum-neu-mal", True), ("rog-orc-cha-fem", True),
])  # fmt: skip
def test_who_caught_lycanthropy_does_not_eat_kin_of_the_beast(character, eats):
    """It costs Luck, and with it every prayer (eat.c, maybe_cannibal); cavemen and orcs may."""
    at = with_a_corpse()
    at.known.character = character
    (rat,) = species_named("sewer rat")
    at.known.level.objects[at.at(0, 2)] = nh.GLYPH_BODY_OFF + rat
    assert at.legal("eat")
    at.known.feverish = True
    assert at.legal("eat") == eats


@pytest.mark.parametrize("nutrition, eats", [(900, True), (140, True), (1_500, False)])
def test_a_fresh_corpse_is_eaten_early_but_never_by_the_satiated(nutrition, eats):
    assert with_a_corpse(nutrition=nutrition).legal("eat") == eats


@pytest.mark.parametrize("nutrition, legal", [(140, True), (900, False)])
def test_who_is_hungry_and_has_nothing_eats_what_lies_about(nutrition, legal):
    at = hungry(nutrition=nutrition)
    at.lay(apples(2), dx=2)
    assert at.legal("eat") == legal
    if legal:
        at.play("eat")
        (pile,) = at.world.level.items.values()
        assert at.known.hero == at.at(0, 0) and pile[0].count == 1


def test_what_lies_about_is_for_who_carries_nothing():
    at = hungry("apple")
    at.lay(apples(2), dx=2)
    at.play("eat")
    (pile,) = at.world.level.items.values()
    assert pile[0].count == 2 and not at.world.items.keys() & {"f"}


def test_doubtful_food_that_lies_about_is_left_there():
    at = hungry()
    at.lay(Item("tin", thing("tin"), nh.FOOD_CLASS, nutrition=50), dx=2)
    assert not at.legal("eat")


def test_food_in_a_shop_is_not_free():
    at = hungry()
    at.lay(apples(1), dx=2)
    at.known.level.shop.add(at.at(0, 2))
    assert not at.legal("eat")


def test_what_cannot_be_eaten_is_tried_once():
    at = hungry()
    at.lay(apples(1), dx=2)
    meal = REGISTRY["eat"].play(at.known)
    for key in meal:
        if chr(key) == "e":  # somebody else was faster
            at.world.level.items.clear()
        at.press(chr(key))
    assert not at.legal("eat")


@pytest.mark.nethack
def test_a_samurai_knows_food_rations_by_his_own_name():
    at = beside("uncursed food ration", character="sam-hum-law-mal")
    at.known.stats = at.known.stats._replace(hunger=2)
    assert REGISTRY["eat"].available(at.known)
    at.play("eat")
    assert any("gunyoki here; eat" in text for text in at.said)
    assert "finished" in at.said[-1]


def test_what_keeps_is_kept_until_hunger_comes():
    assert not hungry("food ration", nutrition=900).legal("eat")
    assert hungry("food ration").legal("eat")


def test_nobody_eats_with_a_foe_at_hand():
    at = with_a_corpse()
    at.spawn("newt", 0, 3)
    assert not at.legal("eat")


def test_the_corpses_of_a_shop_are_not_free():
    at = with_a_corpse()
    at.known.level.shop.add(at.at(0, 2))
    assert not at.legal("eat")


def test_what_turns_out_to_lie_in_a_shop_is_left_to_its_keeper():
    """Who has bitten it and can't pay is never let out again (shk.c, inhishop and u_left_shop)."""
    at = with_a_corpse()
    for key in REGISTRY["eat"].play(at.known):
        assert chr(key) != "e"
        at.known.level.shop.add(at.at(0, 2))  # its keeper comes into view on the way
        at.press(chr(key))
    assert not at.legal("eat")


def test_an_interrupted_meal_goes_on():
    """What is left of a corpse is as fresh as it was."""
    at = with_a_corpse(nutrition=900)
    at.lay(fallen("newt"))
    at.known.level.fresh_corpses = {at.known.hero: at.known.stats.turn}
    meal = REGISTRY["eat"].play(at.known)
    for key in meal:
        at.press(chr(key))
        at.known.messages = ["You stop eating."]
    assert at.known.level.fresh_corpses


@pytest.mark.parametrize("dx, eats", [(2, False), (6, True)])
def test_only_who_is_near_keeps_the_hungry_from_a_meal(dx, eats):
    at = Situation("---------------\n|@............|\n---------------", nutrition=140)
    at.spawn("newt", 0, dx)
    assert at.legal("eat") == eats


@pytest.mark.parametrize("name, eats", [("newt", True), ("watchman", False)])
def test_the_hungry_eat_on_elbereth_among_those_who_fear_it(name, eats):
    at = hungry("food ration")
    at.spawn(name, 0, 1)
    at.known.level.peace.anger_keepers()  # watchmen are peaceful, until then
    assert not at.legal("eat")
    at.known.level.elbereth[at.known.hero] = at.known.stats.turn
    assert at.legal("eat") == eats


def test_a_meal_at_which_somebody_bites_is_put_off():
    at = hungry("food ration", "apple", hp=20)
    meal = REGISTRY["eat"].play(at.known)
    for key in meal:
        at.press(chr(key))
        at.known.messages = ["It bites!", "You stop eating."]
        at.known.stats = at.known.stats._replace(hit_points=15, hunger=2)
    assert not at.legal("eat")
    at.known.stats = at.known.stats._replace(hunger=3)  # the weak have no time
    assert at.legal("eat")


def test_eat_when_hungry():
    at = Situation(SMALL_ROOM, nutrition=140)
    at.play("eat")
    assert at.world.nutrition > 140 + 700  # a food ration is 800, less the turns it takes
    assert not at.legal("eat") and "d" not in at.world.items


def test_eat_is_for_the_hungry_who_have_food():
    assert not Situation(SMALL_ROOM, nutrition=900).legal("eat")
    at = Situation(SMALL_ROOM, nutrition=140)
    assert at.legal("eat")
    del at.world.items["d"]
    at.set()
    assert not at.legal("eat")


def test_eat_takes_from_the_pack_and_not_what_lies_underfoot():
    at = Situation(SMALL_ROOM, nutrition=140)
    at.lay(apples(3))
    at.play("eat")
    (pile,) = at.world.level.items.values()
    assert pile[0].count == 3 and "d" not in at.world.items


def test_eat_goes_to_a_fresh_corpse():
    at = Situation(SMALL_ROOM, nutrition=140)
    at.lay(fallen("newt"), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    played = at.play("eat")
    assert "newt corpse" in played.said and not at.world.level.items
    assert "d" in at.world.items


@pytest.mark.parametrize("name, age", [("newt", 60), ("bat", 0)])
def test_eat_leaves_old_and_harmful_corpses(name, age):
    at = Situation(SMALL_ROOM, nutrition=140)
    at.set(turn=100)
    at.lay(fallen(name), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = 100 - age
    at.play("eat")
    assert at.world.level.items and "d" not in at.world.items


def test_eat_is_not_given_up_when_interrupted_on_arrival():
    at = Situation(SMALL_ROOM, nutrition=140)
    del at.world.items["d"]
    at.lay(fallen("newt"), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    played = at.play("eat", during=lambda sent: sent == 2 and at.spawn("lichen", -1, -5))
    assert played.ended == "new hostile in view" and at.world.level.items
    for square in list(at.world.level.monsters):  # it is gone again
        del at.world.level.monsters[square]
        at.world.touch(square)
    at.world.redraw()
    at.known.update()
    assert at.legal("eat")


@pytest.mark.parametrize(
    "name, safe",
    [
        ("newt", True), ("jackal", True), ("sewer rat", True), ("wolf", True),
        ("cockatrice", False), ("kobold", False), ("acid blob", False), ("gnome zombie", False),
        ("green slime", False), ("little dog", False), ("human", False), ("lizard", True),
    ],
)  # fmt: skip
def test_corpses_that_are_safe(name, safe):
    """wiki: Corpse. Poison, acid, rot, petrification, pets and one's own kind are not."""
    (species,) = species_named(name)
    assert bool(safe_to_eat(species)) == safe
