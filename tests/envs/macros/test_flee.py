"""Promises of flee: who gets away, and where to."""

import pytest
from helpers.situations import Situation

from envs.data.glyphs import species_named
from envs.macros.flee import FOLLOWS
from envs.macros.stairs import LATELY

UP = "------------------\n|<....@..........|\n------------------"
DOWN = "------------------\n|>....@..........|\n------------------"
BELOW = "-----\n|<..|\n-----"
ABOVE = "-----\n|@>.|\n-----"


def hurt(*maps: str, hp: int = 2) -> Situation:
    at = Situation(*maps, hp=20)
    at.set(hp=hp)
    return at


def second_level(drawing: str) -> Situation:
    """On the second level, below `ABOVE`, beside the stairs up and four steps further."""
    at = Situation(ABOVE, drawing.replace("@", "."), hp=20)
    at.play("descend")
    at.press("lllll")
    at.set(hp=2)
    return at


def test_the_hurt_flee_down_stairs_that_no_pursuer_reaches_in_time():
    at = hurt(DOWN, BELOW)
    assert not at.legal("flee")
    at.spawn("gnome", 0, 3)
    assert at.legal("flee")
    assert at.play("flee").ended == "another level" and at.world.depth == 2


def test_up_goes_before_down():
    at = second_level("------------------\n|<.......>.......|\n------------------")
    at.spawn("gnome", 0, 6)
    assert at.legal("flee")
    at.play("flee")
    assert at.world.depth == 1


def test_stairs_out_of_the_dungeon_are_none():
    at = hurt(UP)
    at.spawn("wolf", 0, 6)
    assert not at.legal("flee")


@pytest.mark.parametrize("name, dx, flees", [
    ("wolf", 1, False),  # as fast as the hero: it would bite all the way, and come along
    ("wolf", 2, True),  # it never catches up
    ("gnome", 1, True),  # half as fast: two squares behind after two steps
    ("giant ant", 6, True),  # one and a half times as fast: 6 + 5 - 7.5 squares behind
    ("giant ant", 3, False),
    ("gnome", -2, False),  # in the way
])  # fmt: skip
def test_a_pursuer_must_not_catch_up(name, dx, flees):
    at = hurt(DOWN.replace("..........|", "|"), BELOW) if name == "gnome" and dx < 0 else None
    at = at or hurt(DOWN, BELOW)
    at.spawn(name, 0, dx)
    assert at.legal("flee") == flees


def test_the_burdened_are_slower():
    at = hurt(DOWN, BELOW)
    at.spawn("wolf", 0, 2)
    at.known.stats = at.known.stats._replace(burden=1)
    assert not at.legal("flee")


def test_without_stairs_nobody_runs_about():
    at = hurt("------------------------\n|.........@............|\n------------------------")
    at.spawn("gnome", 0, -1)
    assert not at.legal("flee")


def test_the_well_and_the_unthreatened_stay():
    well = hurt(DOWN, BELOW, hp=15)
    well.spawn("newt", 0, 3)
    assert not well.legal("flee")
    calm = hurt(DOWN, BELOW)
    calm.spawn("floating eye", 0, 3)
    assert not calm.legal("flee")


def test_some_blows_on_the_way_are_worth_it_where_nobody_follows():
    """Dogs and rats do not follow by stairs, soldiers do (monst.c, M2_STALK)."""
    assert not FOLLOWS[list(species_named("jackal", "soldier ant", "dwarf"))].any()
    assert FOLLOWS[list(species_named("soldier", "human zombie"))].all() and FOLLOWS[-1]
    near = "--------\n|..>@..|\n--------"
    at = Situation(near, BELOW, hp=50)
    at.set(hp=22)
    at.spawn("wolf", 0, 1)  # 22 hit points against 5 a turn: a long fight, but a short way
    assert at.legal("flee")
    at.play("flee")
    assert at.world.depth == 2


def meet_a_dwarf(at: Situation) -> None:
    """The stub has none: a gnome takes its place."""
    at.spawn("gnome", 0, 2)
    (dwarf,) = species_named("dwarf")
    level = at.known.level
    level.peace.see([monster._replace(species=dwarf) for monster in level.monsters])


@pytest.mark.parametrize("hp, flees", [(20, True), (21, False)])
def test_a_dwarf_is_left_before_a_mattocks_blow_kills(hp, flees):
    """d8 and a mattock's d12 at most (monst.c, objects.c)."""
    at = Situation(DOWN, BELOW, hp=24)
    at.set(hp=hp)
    meet_a_dwarf(at)
    assert at.legal("flee") == flees


def test_who_stands_on_stairs_leaves_before_the_next_blow():
    at = Situation("-------\n|.>@..|\n-------", BELOW, hp=50)
    at.press("h")
    at.set(hp=8)
    at.spawn("wolf", 0, 1)
    at.spawn("wolf", 0, -1)  # 9 hit points a turn, and neither follows
    assert at.play("flee").ended == "another level" and at.world.depth == 2


def test_the_hurt_stay_for_a_fight_that_is_as_good_as_won():
    at = hurt(DOWN, BELOW, hp=9)
    at.spawn("newt", 0, 1)
    assert not at.legal("flee") and not at.legal("elbereth") and at.legal("fight")


def test_nobody_stays_for_a_fight_that_is_as_good_as_lost():
    at = Situation(DOWN, BELOW, hp=16)
    at.set(hp=10)
    for dx in (3, 4, 5):
        at.spawn("wolf", 0, dx)  # 22 hit points and 4.6 a turn of harm each, on average
    assert at.legal("flee")


def test_nobody_flees_back_to_what_was_fled_from():
    at = hurt(DOWN, BELOW)
    at.spawn("wolf", 0, 3)
    at.play("flee")
    assert at.world.depth == 2
    at.spawn("wolf", 0, 2)
    assert not at.legal("flee")
    at.known.fled.clear()
    assert at.legal("flee")


@pytest.mark.parametrize("burden, hp, moves", [(0, 2, True), (1, 2, True), (2, 2, False),
                                               (2, 10, True), (5, 20, False)])  # fmt: skip
def test_who_can_not_move_for_the_load_drops_some_of_it_first(burden, hp, moves):
    """Strained or not: hack.c, domove; the stressed with less than 10 hit points can't move."""
    at = hurt(DOWN, BELOW, hp=hp)
    at.spawn("wolf", 0, 1)
    at.known.stats = at.known.stats._replace(burden=burden)
    assert at.known.stats.overloaded == (not moves)
    assert at.legal("fight") == moves and not (at.legal("flee") and not moves)


def test_who_is_well_does_not_flee_again_and_again():
    at = Situation(UP, hp=18)
    meet_a_dwarf(at)
    assert not at.legal("flee")


def test_nobody_descends_to_what_was_fled_from_a_moment_ago():
    at = Situation(ABOVE, "--------\n|<.....|\n--------", hp=20)
    at.play("descend")
    at.set(hp=2)
    at.spawn("wolf", 0, 4)
    at.play("flee")
    assert at.world.depth == 1 and not at.legal("descend")
    at.known.stats = at.known.stats._replace(turn=at.known.stats.turn + LATELY)
    assert at.legal("descend")


def test_the_hurt_do_not_stay_where_somebody_out_of_sight_shoots_at_them():
    at = Situation(DOWN, BELOW, hp=20)
    at.set(hp=13)
    assert not at.legal("flee")
    at.known.shot_at = at.known.stats.turn
    assert at.legal("flee")
    at.set(hp=15)  # seven tenths of the hit points, and more: worth going on
    assert not at.legal("flee")
