"""Promises of Elbereth: it is written right, it keeps monsters off, and it is not tried in vain."""

import pytest
from helpers.situations import Situation
from helpers.wizard import WizardGame, wizard_game
from nle import nethack as nh

from envs.data.glyphs import SPECIES_NAMES, Terrain
from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.knowledge import Hunger
from envs.knowledge.peace import Monster
from envs.macros import REGISTRY
from envs.macros.elbereth import _rest
from envs.macros.engrave import read_dust

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def hunted() -> Situation:
    at = Situation(ROOM, hp=20)
    at.set(hp=8)
    at.spawn("wolf", 0, 1)
    return at


def test_it_is_for_the_hurt_whom_something_near_threatens():
    at = hunted()
    assert at.legal("elbereth")
    at.set(hp=15)
    assert not at.legal("elbereth")
    calm = Situation(ROOM, hp=20)
    calm.set(hp=8)
    assert not calm.legal("elbereth")
    calm.spawn("floating eye", 0, 1)
    assert not calm.legal("elbereth")


def test_who_dies_before_the_word_stands_is_fought_first():
    at = Situation(ROOM.replace("...@...", "@......"), hp=20)
    at.set(hp=8)
    at.spawn("wolf", 0, 5)
    assert at.legal("elbereth")
    at.spawn("newt", 0, 1)
    assert not at.legal("elbereth")


def test_others_who_come_are_no_reason_to_fight_the_first():
    at = Situation(ROOM, hp=20)
    at.set(hp=8)
    at.spawn("newt", 0, 1)
    at.spawn("wolf", 0, 2)
    assert at.legal("elbereth")  # the newt would be dead before the word stands, but not the wolf


def test_who_stands_on_the_word_stays_until_rested():
    at = hunted()
    at.spawn("newt", 0, -1)  # it dies soon, but a blow from the word wipes it out
    at.known.level.elbereth[at.known.hero] = at.known.stats.turn
    at.set(hp=15)
    assert at.legal("elbereth")
    at.set(hp=16)
    assert not at.legal("elbereth")
    weak = Situation(ROOM, hp=20)
    weak.set(hp=8)
    weak.spawn("newt", 0, 2)
    assert not weak.legal("elbereth")  # as good as won, but not worth leaving the word for
    weak.known.level.elbereth[weak.known.hero] = weak.known.stats.turn
    assert weak.legal("elbereth")


@pytest.mark.parametrize("state", [
    {"dungeon": 1}, {"condition": nh.BL_MASK_LEV}, {"condition": nh.BL_MASK_BLIND},
    {"hunger": Hunger.FAINTING},
])  # fmt: skip
def test_it_is_not_for_those_whom_it_does_not_help(state):
    at = hunted()
    at.known.stats = at.known.stats._replace(**state)
    assert not at.legal("elbereth")


def test_an_altar_can_not_be_written_on():
    at = hunted()
    at.known.level.set_terrain(at.known.hero, Terrain.FURNITURE)
    assert not at.legal("elbereth")


@pytest.mark.parametrize("name, fears", [
    ("newt", True), ("soldier ant", True), ("vampire", True), ("minotaur", False),
    ("soldier", False), ("Woodland-elf", False), ("shopkeeper", False), ("werewolf", False),
    ("Archon", False), ("Aleax", False), ("couatl", False), ("guard", False),
    ("aligned priest", False), ("imp", True),
])  # fmt: skip
def test_humans_elves_and_minotaurs_ignore_it(name, fears):
    first = SPECIES_NAMES.index(name)  # of a were creature, its human shape or its animal one
    kinds = [i for i in range(first, nh.NUMMONS) if SPECIES_NAMES[i] == name]
    assert any(respects(Monster(0, 0, i, False, False)) == fears for i in kinds)


def test_where_nothing_can_be_written_it_is_given_up():
    """The stub knows no engraving."""
    at = hunted()
    at.play("elbereth")
    assert not at.legal("elbereth") and at.known.no_writing_before > at.known.stats.turn


def test_who_is_fast_does_not_give_the_word_up_for_an_action_that_took_no_turn():
    """The fast act twice in some turns; only the second of two shows on the clock."""
    at = hunted()
    sent = []
    for key in REGISTRY["elbereth"].play(at.known):
        sent.append(chr(key))
        assert at.known.no_writing_before == 0
        if sent.count("E") == 2:
            break
    assert sent.count("E") == 2


@pytest.mark.parametrize("foe, lost, gives_up", [
    ("wolf", 5, False),  # who held off would bite for five hit points a turn
    ("wolf", 25, True),
    ("newt", 5, True),
])  # fmt: skip
def test_shots_drive_off_only_who_would_suffer_less_without_the_word(foe, lost, gives_up):
    at = Situation(ROOM, hp=60)
    at.spawn(foe, 0, 2)
    at.set(hp=30)
    before = at.known.stats
    for key in _rest(at.known):
        if key == ord(":"):
            at.known.messages = ['You read: "Elbereth".']
        if key == ord("s"):
            at.known.stats = before._replace(hit_points=30 - lost, turn=before.turn + 5)
    assert (at.known.no_writing_before > 0) == gives_up


def test_what_was_read_is_known_until_the_dust_is_read_again():
    """An interruption drops the key that would have read it."""
    at = hunted()
    at.known.level.elbereth[at.known.hero] = at.known.stats.turn
    reading = read_dust(at.known)
    assert chr(next(reading)) == ":"
    reading.close()
    assert on_elbereth(at.known)
    for _ in read_dust(at.known):  # and now the game says nothing of it
        at.known.messages = []
    assert not on_elbereth(at.known)


def beset(seed: int, monster: str = "hostile giant rat") -> WizardGame:
    """A Valkyrie bitten down to less than six tenths of her hit points by four monsters."""
    at = wizard_game(seed=seed)
    for _ in range(4):
        at.create(monster)
    for _ in range(80):
        if at.known.stats.health < 0.6:
            return at
        at.send("s")
        while at.known.prompt is not None:
            at.press(13)
    raise AssertionError("nothing bit")


@pytest.mark.nethack
@pytest.mark.parametrize("seed", [3, 4])
def test_rats_flee_and_the_hero_recovers(seed):
    at = beset(seed)
    before = at.known.stats
    at.play("elbereth")
    assert any("turns to flee" in message for message in at.said)
    assert at.known.stats.turn > before.turn + 10 and at.known.prompt is None
    assert at.known.stats.hit_points >= before.hit_points - 3  # the writing takes a turn
    assert any('You read: "Elbereth"' in message for message in at.said)
    at.env.close()


@pytest.mark.nethack
def test_it_replaces_what_was_written_before():
    at = beset(4)
    at.send("E-")
    while at.known.prompt.kind == "more":
        at.press(13)
    at.send("ad aerarium")
    at.press(13)
    while at.known.prompt is not None:
        at.press(13)
    assert not on_elbereth(at.known)
    if REGISTRY["elbereth"].available(at.known):
        keys = at.play("elbereth")
        assert "E-n" in keys
        assert any('You read: "Elbereth"' in message for message in at.said)
    at.env.close()


@pytest.mark.nethack
def test_beside_a_human_it_is_useless():
    at = beset(3)
    assert REGISTRY["elbereth"].available(at.known)
    at.create("hostile watchman")  # beside the hero, where there is room
    near = [m for m in at.known.hostiles if at.known.adjacent(m.square) and not respects(m)]
    assert bool(near) != REGISTRY["elbereth"].available(at.known)
    at.env.close()


@pytest.mark.nethack
def test_nothing_is_written_again_and_again_without_a_free_hand():
    at = wizard_game("val-hum-neu-fem", seed=3)
    at.press(ord("T"))  # the shield
    at.wish("cursed two-handed sword")
    sword = next(item for item in at.known.inventory if "two-handed sword" in item.text)
    at.press(ord("w"), ord(sword.letter), ord("\r"))
    at.create("hostile hill orc")
    at.known.stats = at.known.stats._replace(hit_points=1)
    at.play("elbereth")
    assert any("no free hand" in text for text in at.said)
    assert at.known.no_writing_before > at.known.stats.turn + 500
