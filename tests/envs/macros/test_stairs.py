"""Promises of the ways down and up, branches told apart."""

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge import hunt
from envs.knowledge.hunt import LATE
from envs.knowledge.level import Level
from envs.macros import REGISTRY, stairs
from envs.macros.stairs import PET_NEAR, WAIT_FOR_PET, way_down
from envs.nethack.dungeons import MINES, SOKOBAN
from envs.stub import world

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"
STAIRS = "-------\n|@...>|\n-------", "-------\n|<....|\n-------"

TWO_WAYS = "---------\n|>.@...>|\n---------", "---------\n|<......|\n---------"


def test_descend_avoids_stairs_that_lead_into_the_mines():
    at = Situation(*TWO_WAYS)
    at.known.level.leads[at.at(0, -2)] = (MINES, 3)
    assert at.play("descend").keys.startswith("llll>")


@pytest.mark.parametrize("hole, steps, falls", [(2, 2, True), (3, 2, False), (-4, 2, False)])
def test_everybody_measures_to_the_way_down_that_is_taken(hole, steps, falls):
    """Where a step into the hole and one onto the stairs are as far, it is the hole."""
    at = Situation("-----------\n|....@.>..|\n-----------", "-----\n|<..|\n-----")
    at.known.level.set_terrain(at.at(0, hole), Terrain.HOLE)
    if hole == 2:  # nobody can do both: the stairs are elsewhere
        at.known.level.set_terrain(at.at(0, -2), Terrain.STAIRS_DOWN)
    way = way_down(at.known)
    assert (way.steps, way.hole is not None) == (steps, falls)


def test_mines_takes_them():
    at = Situation(*TWO_WAYS)
    at.set(turn=LATE + 1)  # before, a hero gets fit for the Mines first
    assert not at.legal("mines")
    at.known.level.leads[at.at(0, -2)] = (MINES, 3)
    assert at.play("mines").keys.startswith("hh>")


def test_stairs_taken_are_remembered_with_where_they_lead():
    at = Situation(*TWO_WAYS)
    first = at.known.level
    at.play("descend")
    assert list(first.leads.values()) == [(0, 2)]
    assert at.known.level.leads == {at.known.hero: (0, 1)}


def test_ascend_stays_out_of_sokoban():
    at = Situation("-----\n|@.<|\n-----", "-----\n|<..|\n-----", "-----\n|<..|\n-----")
    at.known.stats = at.known.stats._replace(depth=6, level=6)
    assert at.legal("ascend")
    at.known.level.leads[at.at(0, 2)] = (SOKOBAN, 4)
    assert not at.legal("ascend")


def test_stairs_back_to_the_main_dungeon_are_no_side_branch():
    level = Level()
    level.leads = {(1, 1): (0, 2), (2, 2): (SOKOBAN, 1)}
    assert level.branches_off(MINES) == {(2, 2)}


def test_holes_are_a_way_down():
    at = Situation("-------\n|@....|\n-------")
    assert not at.legal("descend")
    at.known.level.set_terrain(at.at(0, 3), Terrain.HOLE)
    assert at.legal("descend")
    assert at.play("descend").keys.startswith("lll")
    assert not at.legal("descend")  # the stub has no hole there: it is not tried for ever


def test_who_is_held_on_the_way_to_a_hole_tries_again():
    """By a bear trap beside it."""
    at = Situation("-------\n|@....|\n-------")
    level = at.known.level
    level.set_terrain(at.at(0, 1), Terrain.HOLE)
    level.set_terrain(at.known.hero, Terrain.TRAP)
    keys = stairs._jump(at.known, at.known.hero, at.at(0, 1))
    assert len(list(keys)) == 1 and at.legal("descend")  # the key was not sent: the hero stays
    level.set_terrain(at.known.hero, Terrain.FLOOR)
    list(stairs._jump(at.known, at.known.hero, at.at(0, 1)))
    assert not at.legal("descend")


def test_descend_and_ascend_change_the_level():
    at = Situation(*STAIRS)
    down = at.play("descend")
    assert at.world.depth == 2 and down.ended == "another level"
    assert at.legal("ascend") and not at.legal("descend")  # the stairs underfoot are remembered
    at.play("ascend")
    assert at.world.depth == 1 and at.legal("descend")


def test_stairs_are_walked_to_by_the_shortest_way():
    at = Situation(*STAIRS)
    assert at.play("descend").keys.startswith("llll>")


def test_ascend_never_leaves_the_dungeon():
    at = Situation("-------\n|@.<..|\n-------")
    assert at.known.level.where(Terrain.STAIRS_UP) and not at.legal("ascend")
    at.press("ll")
    assert not at.legal("ascend")


def test_descend_wants_stairs_that_are_known_and_within_reach():
    assert not Situation(ROOM).legal("descend")
    assert not Situation("-------\n|@..|>|\n-------").legal("descend")


def test_stairs_that_are_none_are_forgotten():
    """The last level's stairs lead nowhere: "You can't go down here."."""
    at = Situation("-------\n|@...>|\n-------")
    assert "can't go down here" in at.play("descend").said
    assert not at.legal("descend")


HALL = "--------------\n|@>..........|\n--------------", "-----\n|<..|\n-----"


def nobody_moves(monkeypatch) -> None:
    monkeypatch.setattr(world, "move_monsters", lambda scene: None)


def waits(at: Situation) -> int:
    """How many turns the hero waits on the stairs before taking them."""
    keys = at.play("descend").keys.rstrip("\r")
    assert keys.startswith("l") and keys.endswith(">")
    return keys.count("s")


@pytest.mark.parametrize("steps, waited", [(1, 0), (2, 0), (9, WAIT_FOR_PET)])
def test_who_hunts_waits_on_the_stairs_for_the_pet(monkeypatch, steps, waited):
    """dog.c, keepdogs: it comes along from the eight squares around the hero."""
    at = Situation(*HALL)
    nobody_moves(monkeypatch)  # it stays where it is
    at.spawn("kitten", 0, steps, pet=True)
    assert waits(at) == waited


def test_the_pet_that_comes_is_waited_for_no_longer(monkeypatch):
    at = Situation(*HALL)
    nobody_moves(monkeypatch)
    at.spawn("kitten", 0, 9, pet=True)

    def comes(sent: int) -> None:
        if sent == 4:
            at.world.level.monsters.clear()
            at.spawn("kitten", 0, 1, pet=True)

    assert at.play("descend", comes).keys.startswith("lsss>")


def wounded(at: Situation, monkeypatch) -> None:
    at.set(hp=at.world.max_hp // 2)


def threatened(at: Situation, monkeypatch) -> None:
    at.spawn("jackal", 0, 6)


def long_ago(at: Situation, monkeypatch) -> None:
    at.set(turn=at.world.turn + PET_NEAR + 1)


def deep(at: Situation, monkeypatch) -> None:
    monkeypatch.setattr(stairs, "WORTH_A_PET", 0)


def late(at: Situation, monkeypatch) -> None:
    monkeypatch.setattr(hunt, "TOO_LATE", 0)


@pytest.mark.parametrize("reason", [wounded, threatened, long_ago, deep, late])
def test_nobody_waits_for_a_pet_in_need_or_in_vain(monkeypatch, reason):
    at = Situation(*HALL)
    nobody_moves(monkeypatch)
    at.spawn("kitten", 0, 9, pet=True)
    at.world.level.monsters.clear()  # it is somewhere else on the level
    reason(at, monkeypatch)
    assert at.known.level.pet_seen is not None
    assert "s" not in at.play("descend").keys


def test_who_never_had_a_pet_does_not_wait():
    assert waits(Situation(*HALL)) == 0


def test_who_floats_takes_no_way_down():
    """ "You are floating high above the stairs", again and again, while an elf came."""
    at = Situation("------\n|.@.>|\n------")
    assert at.legal("descend")
    at.known.stats = at.known.stats._replace(condition=nh.BL_MASK_LEV)
    assert way_down(at.known) is None and not REGISTRY["descend"].available(at.known)
