"""Promises of doors, on the stub and in the real game."""

import pytest
from helpers.situations import Situation
from helpers.wizard import wizard_game

from envs.data.glyphs import Terrain
from envs.macros import REGISTRY
from envs.macros.door import _reads_closed
from envs.nethack.dungeons import DOOM, MINES
from envs.stub.things import DOORWAY, OPEN_DOORS

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"
ONE_WAY = "---------\n|.......+\n|..@....|\n---------"
SEEDS = range(8)

LOCKED = "----\n|..L\n|@..\n----"
KICK = "\x04"


@pytest.mark.parametrize("dungeon, way_out, kicked", [
    (DOOM, True, True), (MINES, True, False), (MINES, False, True),
])  # fmt: skip
def test_no_door_is_broken_where_watchmen_mind(monkeypatch, dungeon, way_out, kicked):
    """But by who fell into a locked house, and has no other way out."""
    at = Situation(LOCKED)
    at.known.level.set_terrain(at.at(0, 1), Terrain.STAIRS_UP if way_out else Terrain.FLOOR)
    at.known.level.seen[:] = True
    real = type(at.known).update

    def update(known):
        real(known)
        known.stats = known.stats._replace(dungeon=dungeon)

    monkeypatch.setattr(type(at.known), "update", update)
    assert (KICK in at.play("door").keys) == kicked
    assert not at.legal("door")


@pytest.mark.nethack
def test_who_has_no_hands_opens_no_door():
    at = wizard_game()
    at.known.level.terrain[at.known.hero[0], at.known.hero[1] + 1] = Terrain.CLOSED_DOOR
    assert REGISTRY["door"].available(at.known)
    at.known.stats = at.known.stats._replace(monster_level=2)
    assert not REGISTRY["door"].available(at.known)


def test_a_door_that_turns_out_to_be_open_is_remembered_so():
    """A monster in a doorway hides that the door is open."""
    at = Situation("------\n|.@..O\n------")
    (door,) = at.known.level.where(Terrain.OPEN_DOOR)
    at.known.level.set_terrain(door, Terrain.CLOSED_DOOR)
    assert "already open" in at.play("door").said
    assert at.known.level.terrain[door] == Terrain.OPEN_DOOR and door not in at.known.level.ignored


@pytest.mark.parametrize("text, left_alone", [
    ("Closed for inventory", True), ("Closec for in? n?ory", True), ("Elbereth", False),
])  # fmt: skip
def test_a_closed_shop_is_known_by_what_is_left_of_the_words(text, left_alone):
    at = Situation(LOCKED)
    at.known.messages.append(f'You read: "{text}".')
    assert _reads_closed(at.known) == left_alone


@pytest.mark.parametrize("seed", SEEDS)
def test_door_opens_the_nearest_and_pulls_again_when_it_resists(seed):
    """A pull fails with probability 1/4 here; 8 seeds without one have probability 0.1."""
    at = Situation(ONE_WAY, seed=seed)
    at.play("door")
    assert set(at.world.level.terrain) & OPEN_DOORS and not at.legal("door")


@pytest.mark.parametrize("seed", SEEDS)
def test_door_kicks_a_locked_one_in(seed):
    at = Situation(ONE_WAY.replace("+", "L"), seed=seed, hp=50)
    played = at.play("door")
    assert "This door is locked." in played.said and "\x04" in played.keys
    assert DOORWAY in at.world.level.terrain  # broken


def test_door_stands_before_it_and_not_at_its_corner():
    at = Situation("----\n|@.+\n|..|\n----")
    at.play("door")
    assert set(at.world.level.terrain) & OPEN_DOORS


def test_door_of_a_closed_shop_is_left_alone():
    at = Situation("----\n|..L\n|@.|\n----")
    at.world.say('You read: "Closed for inventory".')  # engraved before a shop's locked door
    assert "\x04" not in at.play("door").keys
    assert not at.legal("door")


def test_door_is_not_given_up_when_interrupted():
    at = Situation("--------\n|@.....+\n--------")
    played = at.play("door", during=lambda sent: sent == 2 and at.spawn("lichen", 0, 2))
    assert played.ended == "new hostile in view"
    at.play_while_legal("fight")
    assert at.legal("door")


def test_door_wants_one_within_reach():
    assert not Situation(ROOM).legal("door")
    assert not Situation("---------\n|@..|..+\n---------").legal("door")
    assert not Situation("-----\n|@..O\n-----").legal("door")
