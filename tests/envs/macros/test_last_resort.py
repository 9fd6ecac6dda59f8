"""Promises of quaff and read: what is taken, when, and that nothing they ask holds up the game."""

import pytest
from helpers.situations import Situation
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.exploring import lost
from envs.knowledge.hunt import unsearched
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.macros import last_resort
from envs.macros.last_resort import Quaff, Read, _drink, _scroll
from envs.nethack.dungeons import DOOM

SEED = 1  # nothing hostile is in view when this game begins
ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def potion(letter: str, text: str, quantity: int = 1) -> Item:
    return Item(letter, 0, nh.POTION_CLASS, text, quantity, None, text)


def scroll(letter: str, text: str, quantity: int = 1) -> Item:
    return Item(letter, 0, nh.SCROLL_CLASS, text, quantity, None, text)


HEALING, MURKY = potion("a", "potion of healing"), potion("b", "murky potions", 2)
WATER, UNPAID = potion("c", "clear potion"), potion("d", "pink potion (unpaid, 100 zorkmids)")
AWAY, NR_9 = scroll("e", "scrolls of teleportation"), scroll("f", "scrolls labeled NR 9", 3)
ARMOR, FIRE = scroll("g", "scroll of enchant armor"), scroll("h", "scroll of fire")


def situation(hp: int, *items: Item, threat: str = "wolf") -> Situation:
    at = Situation(ROOM, hp=60)
    at.set(hp=hp)
    if threat:
        at.spawn(threat, 0, 2)
    at.known.inventory = items
    at.known.last_prayer = at.known.stats.turn  # no god helps now
    at.known.no_writing_before = at.known.stats.turn + 99  # and no Elbereth
    return at


@pytest.mark.parametrize("hp, items, taken", [
    (40, [HEALING, MURKY], None),  # not hurt
    (25, [MURKY, HEALING], HEALING),  # below a half
    (25, [MURKY], None),
    (15, [MURKY], MURKY),  # below a third
    (15, [WATER, UNPAID, potion("i", "potion of sleeping")], None),
    (15, [UNPAID, potion("i", "pink potion"), MURKY], MURKY),  # the largest stack
])  # fmt: skip
def test_what_is_drunk(hp, items, taken):
    at = situation(hp, *items)
    assert Quaff().available(at.known) == (taken is not None)
    assert taken is None or _drink(at.known) == taken


@pytest.mark.parametrize("hp, most, foes, drunk", [
    (9, 17, ["hill orc"], True), (10, 17, ["hill orc"], False),  # two thirds of d6 and d8
    (18, 30, ["hill orc", "hill orc"], True), (18, 22, ["hill orc", "hill orc"], False),
    (6, 11, ["newt"], False),
])  # fmt: skip
def test_healing_is_drunk_before_the_blows_that_may_kill(hp, most, foes, drunk):
    at = Situation(ROOM, hp=most)
    at.set(hp=hp)
    for dx, foe in zip((-1, 1), foes, strict=False):
        at.spawn(foe, 0, dx)
    at.known.inventory = (HEALING,)
    assert not Quaff().available(at.known)  # they may be asleep
    at.known._attacks = dict.fromkeys(foes, at.known.stats.turn)
    assert Quaff().available(at.known) == drunk


def test_nothing_unknown_is_drunk_while_a_prayer_would_help():
    at = situation(5, MURKY)
    assert _drink(at.known) == MURKY
    at.known.last_prayer, at.known.stats = None, at.known.stats._replace(turn=500)
    assert _drink(at.known) is None


def test_unknown_potions_are_not_drunk_one_after_another():
    at = situation(15, MURKY)
    assert _drink(at.known) == MURKY
    at.known.no_tasting_before = at.known.stats.turn + 1
    assert _drink(at.known) is None


def test_nothing_unknown_is_drunk_in_a_fight_that_is_as_good_as_won():
    assert _drink(situation(15, MURKY, threat="newt").known) is None


def test_nothing_unknown_is_drunk_where_elbereth_can_be_written():
    at = situation(15, MURKY)
    at.known.no_writing_before = 0
    assert _drink(at.known) is None
    at.spawn("watchman", 0, 1)  # a human, who ignores it
    (guard,) = (monster for monster in at.known.level.monsters if monster.name == "watchman")
    at.known.level.peace.see([guard._replace(peaceful=False)])
    assert _drink(at.known) == MURKY


def test_nothing_is_drunk_in_peace():
    at = situation(15, MURKY, HEALING, threat="")
    assert _drink(at.known) is None


@pytest.mark.parametrize("hp, threat, items, taken", [
    (60, "", [FIRE, NR_9], NR_9),  # at leisure: unknown ones
    (60, "", [NR_9, ARMOR], ARMOR),  # and first those that do good
    (60, "", [AWAY, FIRE], None),
    (30, "", [NR_9], None),  # it may be fire, or create monsters
    (60, "newt", [NR_9, ARMOR], None),
    (60, "floating eye", [NR_9], None),
    (15, "newt", [NR_9, AWAY], AWAY),  # in despair
    (15, "newt", [ARMOR, NR_9], NR_9),
    (30, "newt", [NR_9, AWAY], None),
])  # fmt: skip
def test_what_is_read(hp, threat, items, taken):
    at = situation(hp, *items, threat=threat)
    assert _scroll(at.known) == taken
    assert Read().available(at.known) == (taken is not None)


@pytest.mark.parametrize(
    "steps, scroll, taken", [(1, NR_9, None), (2, NR_9, NR_9), (1, ARMOR, ARMOR)]
)
def test_nothing_unknown_is_read_beside_a_pet(steps, scroll, taken):
    """Fire and boulders kill it, and the god is angry."""
    at = situation(60, scroll, threat="")
    at.spawn("kitten", 0, steps, pet=True)
    assert _scroll(at.known) == taken


@pytest.mark.parametrize("condition", [nh.BL_MASK_BLIND, nh.BL_MASK_CONF])
def test_the_blind_and_the_confused_do_not_read(condition):
    at = situation(60, NR_9, threat="")
    at.known.stats = at.known.stats._replace(condition=condition)
    assert _scroll(at.known) is None


def test_what_turns_out_useless_is_given_up():
    """The stub knows neither command."""
    at = situation(60, NR_9, threat="")
    at.play("read")
    assert not at.legal("read")


@pytest.mark.nethack
@pytest.mark.parametrize("kind", [
    "uncursed scroll of identify", "uncursed scroll of genocide", "blessed scroll of genocide",
    "uncursed scroll of stinking cloud", "uncursed scroll of charging", "blessed scroll of fire",
    "uncursed scroll of teleportation", "uncursed scroll of enchant armor",
])  # fmt: skip
def test_a_scroll_is_used_up_and_the_game_goes_on(kind, monkeypatch):
    monkeypatch.setattr(last_resort, "WORST_SCROLL", 0)
    monkeypatch.setattr(Knowledge, "pet_beside", False)
    at = wizard_game(seed=SEED)
    at.wish("3 uncursed potions of booze")  # something to identify
    at.wish(kind)
    scrolls = [item.letter for item in at.known.inventory if item.oclass == nh.SCROLL_CLASS]
    assert len(scrolls) == 1 and Read().available(at.known)
    at.play("read")
    assert not [item for item in at.known.inventory if item.oclass == nh.SCROLL_CLASS]
    assert at.known.prompt is None
    turn = at.known.stats.turn
    at.send("2s")
    assert at.known.stats.turn > turn
    at.env.close()


@pytest.mark.nethack
def test_the_map_that_a_potion_shows_is_left_before_the_next_macro_action():
    """It asks for a square of the map, which no flag of NLE's shows."""
    at = wizard_game(seed=SEED)
    at.wish("blessed potion of object detection")
    letter = next(i.letter for i in at.known.inventory if i.oclass == nh.POTION_CLASS)
    at.press(ord("q"), ord(letter))
    assert at.known.prompt is not None and at.known.prompt.kind == "square"
    turn = at.known.stats.turn
    keys = at.play("search")
    assert keys.startswith("\x1b") and at.known.prompt is None and at.known.stats.turn > turn
    at.env.close()


MAP = scroll("i", "scrolls of magic mapping", 4)


@pytest.mark.parametrize("level, hurt, taken", [(2, False, MAP), (2, True, MAP), (5, False, None)])
def test_a_map_is_read_where_the_mines_are_looked_for(level, hurt, taken, monkeypatch):
    at = Situation("-----------\n|@.......O#\n-----------", hp=60)
    at.known.inventory = (MAP,)
    at.known.level_key = (DOOM, level)
    at.known.stats = at.known.stats._replace(hit_points=20 if hurt else 60)
    assert _scroll(at.known) == taken
    at.known.level.map_all()
    assert _scroll(at.known) is None


@pytest.mark.parametrize("items, taken", [([AWAY, MAP], MAP), ([AWAY], AWAY), ([FIRE], None)])
def test_where_no_way_leads_on_a_map_or_another_place_is_read(items, taken):
    at = situation(60, *items, threat="")
    assert _scroll(at.known) is None
    at.play_while_legal("explore")
    at.known.inventory = tuple(items)
    at.known.level.searched[:] = 1
    assert lost(at.known.level) and _scroll(at.known) == taken
    at.known.level.set_terrain(at.at(0, 1), Terrain.STAIRS_DOWN)
    assert not lost(at.known.level) and _scroll(at.known) is None


@pytest.mark.nethack
def test_a_level_counts_as_mapped_when_the_game_says_so():
    at = wizard_game("tou-hum-neu-fem", SEED)
    scrolls = next(i for i in at.known.inventory if "magic mapping" in i.text)
    at.send("r" + scrolls.letter)
    while at.known.prompt is not None:
        at.press(13)
    assert at.known.level.mapped and not unsearched(at.known.level, 4)


@pytest.mark.parametrize("drawing, tried", [
    (ROOM, True),
    ("---------\n|...@...|\n---------", False),
    ("----\n|@.|\n|..|\n----", False),  # nothing can be pushed off here
    ("-----\n|@..|\n|...|\n|...|\n-----", True),
])  # fmt: skip
def test_unknown_scrolls_are_read_where_boulders_can_be_pushed_off(drawing, tried):
    """One of earth puts them all around: elsewhere that is for good."""
    at = Situation(drawing, hp=60)
    at.known.inventory = (NR_9,)
    assert Read().available(at.known) == tried
