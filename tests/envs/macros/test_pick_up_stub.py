"""Promises of picking things up, on the stub."""

from helpers.screens import corpse
from helpers.situations import Situation, fallen
from nle import nethack as nh

from envs.data.monsters import species_named
from envs.knowledge.knowledge import Prompt
from envs.macros import REGISTRY
from envs.stub.things import Item, food_ration

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def test_pickup_of_one_thing():
    at = Situation("-------\n|@.$..|\n-------")
    at.play("pickup")
    assert at.world.gold == 24 and not at.world.level.items and not at.legal("pickup")


def test_pickup_from_a_menu_takes_all_that_is_wanted():
    at = Situation("-------\n|@.&..|\n-------")
    at.play("pickup")
    assert at.world.gold == 24 and not at.world.level.items
    assert {"food ration", "apple"} <= {item.name for item in at.world.items.values()}


def test_pickup_leaves_what_is_not_wanted():
    at = Situation(ROOM)
    for item in (fallen("newt"), food_ration()):
        at.lay(item, dx=2)
    at.play("pickup")
    (left,) = at.world.level.items.values()
    assert [item.name for item in left] == ["newt corpse"]
    assert not at.legal("pickup")


def test_pickup_chooses_by_the_headings_of_the_menu():
    """The stub has no weapons: the menu is laid over its screen by hand, once the key is sent."""
    at = Situation("-------\n|@$...|\n-------")
    known = at.known
    keys = REGISTRY["pickup"].play(known)
    at.press(chr(next(keys)))
    assert next(keys) == ord(",")
    for row, line in enumerate(
        ("Pick up what?", "", "Coins", "$ - 24 gold pieces", "Weapons", "a - a bullwhip",
         "Potions", "b - a murky potion", "(end)")
    ):  # fmt: skip
        known.observation["tty_chars"][row, 41:80] = list(line.ljust(39).encode())
    known.prompt = Prompt("menu", "")
    assert [chr(next(keys)) for _ in range(3)] == ["$", "b", "\r"]


def test_pickup_does_not_fetch_corpses():
    at = Situation(ROOM)
    at.lay(fallen("newt"), dx=2)
    assert not at.legal("pickup")


def test_pickup_takes_nothing_in_a_shop(monkeypatch):
    """The stub has no shopkeepers: a watchman plays one."""
    monkeypatch.setattr("envs.knowledge.shops.SHOPKEEPERS", species_named("watchman"))
    at = Situation("-------\n|@.$..|\n-------")
    at.spawn("watchman", 0, 4, peaceful=True)
    assert not at.legal("pickup")


def test_pickup_is_not_given_up_when_interrupted_on_arrival():
    at = Situation("--------\n|@$....|\n--------")
    played = at.play("pickup", during=lambda sent: sent == 1 and at.spawn("lichen", 0, 4))
    assert played.ended == "new hostile in view" and at.world.gold == 0
    assert at.legal("pickup")


def test_who_searched_a_heap_still_knows_the_fresh_corpse_on_it():
    """It is eaten at once, and not left for what the next square shows."""
    at = Situation(ROOM, nutrition=140)
    del at.world.items["d"]
    for item in (food_ration(), fallen("newt")):
        at.lay(item, dx=2)
    at.known.level.piles[at.at(0, 2)] = True
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    at.play("pickup")
    assert "food ration" in {item.name for item in at.world.items.values()}
    assert "newt corpse" in at.play("eat").said and not at.world.level.items


def test_a_fresh_lichen_is_taken_once():
    """Its corpse lasts for ever: it is food for later, and no reason to look there again."""
    at = Situation(ROOM)
    at.lay(Item("lichen corpse", corpse("lichen"), nh.FOOD_CLASS, nutrition=200), dx=2)
    at.known.level.fresh_corpses[at.at(0, 2)] = at.known.stats.turn
    at.play("pickup")
    assert not at.world.level.items and not at.legal("pickup")
