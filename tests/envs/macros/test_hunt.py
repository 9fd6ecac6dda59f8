"""Promises of the hunt for a digging tool: where it leads, and who goes."""

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.knowledge import hunt
from envs.knowledge.exploring import SEARCHED_FOR_LONG
from envs.knowledge.hunt import LATE, TOO_LATE, fit_for_mines, mines_level, mines_stairs
from envs.knowledge.knowledge import Hunger
from envs.knowledge.level import Level
from envs.macros import REGISTRY, mines, prospect
from envs.macros.barred import shut_in
from envs.nethack.dungeons import DOOM, MINES

ABOVE = "-----\n|@>.|\n-----"
FORK = "-----------\n|>..<...>.|\n-----------"
SHUT = "-----------\n|>..<.....|\n-----------"
BELOW = "------\n|<...|\n------"


def second_level(drawing: str = FORK, **attributes) -> Situation:
    """On the stairs up of the second level, the first from which the Mines may branch off."""
    at = Situation(ABOVE, drawing, BELOW)
    at.play("descend")
    at.set(**attributes)
    return at


def with_a_tool(monkeypatch) -> None:
    for room in (hunt, mines):
        monkeypatch.setattr(room, "can_dig", lambda known: True)


def test_of_two_stairs_down_the_one_that_does_not_lead_on_is_the_mines():
    at = second_level()
    left, right = at.at(0, -3), at.at(0, 4)
    assert mines_stairs(at.known) == {left, right}
    at.known.level.leads[left] = (DOOM, 3)
    assert mines_stairs(at.known) == {right}
    at.known.level.leads = {left: (MINES, 3)}
    assert mines_stairs(at.known) == {left}


def test_only_levels_two_to_four_have_the_mines():
    """dungeon.def: the Gnomish Mines branch off from level 2, 3 or 4."""
    at = second_level()
    at.known.level_key = (DOOM, 5)
    assert mines_stairs(at.known) == set()


def test_one_staircase_tells_nothing():
    assert mines_stairs(second_level(SHUT).known) == set()


def test_mines_are_for_the_fit_and_for_the_late(monkeypatch):
    at = second_level()
    monkeypatch.setattr(at.known, "character", "rog-hum-cha-mal")
    assert not at.legal("mines")
    at.set(turn=LATE + 1)
    assert at.legal("mines")
    at.known.level.leads[at.at(0, -3)] = (DOOM, 3)
    assert at.play("mines").keys.startswith("llll>")


@pytest.mark.parametrize(
    ("role", "goes"), [("val", True), ("pri", True), ("rog", False), ("tou", False)]
)
def test_the_frail_get_fit_first_and_nobody_else_waits(monkeypatch, role, goes):
    at = second_level()
    monkeypatch.setattr(at.known, "character", f"{role}-hum-neu-fem")
    at.known.stats = at.known.stats._replace(max_hit_points=16, hit_points=16)
    assert fit_for_mines(at.known) == goes


def test_who_has_a_tool_does_not_go_into_the_mines(monkeypatch):
    at = second_level(turn=LATE + 1)
    with_a_tool(monkeypatch)
    assert not at.legal("mines")


def test_descend_leaves_the_stairs_to_the_mines_alone():
    at = second_level()
    at.known.level.leads[at.at(0, 4)] = (DOOM, 3)
    assert at.play("descend").keys.startswith("llll>")


def test_prospect_explores_on_until_the_mines_are_found(monkeypatch):
    at = second_level("------------\n|<.........\n|..........\n------------")
    assert at.legal("prospect")
    monkeypatch.setattr(prospect, "on_the_way_to_mines", lambda known: False)
    assert not at.legal("prospect")


@pytest.mark.parametrize("turn, hunts", [(100, True), (TOO_LATE, False)])
def test_the_hunt_ends(turn, hunts):
    assert hunt.hunting(second_level(turn=turn).known) == hunts


@pytest.mark.parametrize("hunger, prayed, seeks", [
    (Hunger.WEAK, 990, True), (Hunger.FAINTING, 990, False), (Hunger.FAINTING, None, True),
])  # fmt: skip
def test_who_starves_and_cannot_pray_looks_no_further(hunger, prayed, seeks):
    """A tool that lies in view is still fetched."""
    at = second_level("------------\n|<...>.....\n|..........\n------------", turn=1_000)
    at.known.last_prayer = prayed
    at.known.stats = at.known.stats._replace(hunger=hunger)
    assert hunt.hunting(at.known) and at.legal("prospect") == seeks


def test_climb_goes_back_up_to_the_mines_that_were_passed():
    at = second_level(turn=LATE + 1)
    at.known.level.leads[at.at(0, 4)] = (MINES, 3)
    at.play("descend")
    assert at.known.stats.depth == 3 and mines_level(at.known) == 2
    assert at.legal("climb")
    at.play("climb")
    assert at.known.stats.depth == 2 and not at.legal("climb") and at.legal("mines")


def test_who_can_not_reach_the_mines_does_not_climb_back():
    at = second_level(turn=LATE + 1)
    upper, stairs = at.known.level, at.at(0, 4)
    upper.leads[stairs] = (MINES, 3)
    at.play("descend")
    upper.block(stairs)
    assert mines_level(at.known) is None and not at.legal("climb")


def test_who_stood_in_the_way_to_the_mines_may_be_gone():
    """A monster in the way there counts on the level underfoot, not on one that was left."""
    at = second_level(turn=LATE + 1)
    upper, stairs = at.known.level, at.at(0, 4)
    upper.leads[stairs] = (MINES, 3)
    upper.rooted[at.at(0, 2)] = 0
    upper._note_change()
    assert mines_level(at.known) is None
    at.play("descend")
    assert mines_level(at.known) == 2 and at.legal("climb")


def test_who_has_just_fled_from_the_mines_does_not_go_down_past_them():
    """And back up from there, to and fro."""
    at = second_level(turn=LATE + 1)
    at.known.level.leads = {at.at(0, 4): (MINES, 3), at.at(0, -3): (DOOM, 3)}
    assert at.legal("mines") and at.legal("descend")
    at.known.fled[MINES, 3] = at.known.stats.turn
    assert not at.legal("mines") and not at.legal("descend")
    at.set(turn=LATE + 100)
    assert at.legal("mines") and at.legal("descend")


MAPPED = "-----------\n|>..<.||.>|\n-----------"


def mapped_level() -> Situation:
    """On the stairs up of the second level, after a map; the right stairs are out of reach."""
    at = second_level(MAPPED, turn=LATE + 1)
    for column in (3, 4):
        at.known.level.set_terrain(at.at(0, column), Terrain.FLOOR)
    at.known.level.set_terrain(at.at(0, 4), Terrain.STAIRS_DOWN)
    at.known.level.leads[at.at(0, -3)] = (DOOM, 3)
    at.known.level.map_all()
    return at


def test_stairs_of_the_mines_out_of_reach_are_searched_for():
    """A scroll of magic mapping shows stairs, but no hidden door (read.c, show_map_spot)."""
    at = mapped_level()
    level = at.known.level
    assert hunt.unsearched(level, 2) and hunt.seen_all_levels(at.known)
    assert mines_level(at.known) is None and at.legal("prospect")
    level.searched[:2] = 1_000
    assert not hunt.unsearched(level, 2) and not at.legal("prospect")


def test_who_took_the_other_stairs_goes_back_up_to_search_for_a_way():
    at = mapped_level()
    upper = at.known.level
    at.play("descend")
    explored(at, 3)
    assert at.known.stats.depth == 3 and hunt.wants_up(at.known) and at.legal("climb")
    upper.searched[:2] = 1_000
    explored(at, 4, searched=500)
    explored(at, 3, searched=1_000)
    assert not hunt.wants_up(at.known)


def test_a_mold_that_bars_the_way_up_to_the_mines_is_struck():
    at = second_level(turn=LATE + 1)
    at.known.level.leads[at.at(0, 4)] = (MINES, 3)
    at.play("descend")
    level, (y, x) = at.known.level, at.known.hero
    assert at.legal("climb") and not shut_in(at.known)
    level.set_terrain((y, x), Terrain.FLOOR)
    level.set_terrain((y, x + 3), Terrain.STAIRS_UP)
    level.seen[:] = True
    for row in (y - 1, y + 1):
        level.terrain[row] = Terrain.WALL
    level.rooted[y, x + 1] = next(iter(species_named("red mold")))
    level._note_change()
    assert not at.legal("climb") and hunt.wants_up(at.known) and shut_in(at.known)


OPEN = "-----------\n|>..<......\n-----------"


def explored(at, *numbers: int, searched: int = 0) -> None:
    """Of these levels of the main dungeon nothing is left to explore."""
    for number in numbers:
        level = at.known.levels.setdefault((DOOM, number), Level())
        level.seen[:], level.searched[:] = True, searched
        level.leave_unexplored({(0, 0)})  # a change: what was found is forgotten


@pytest.mark.parametrize("here_is_explored", [True, False])
def test_climb_goes_back_to_a_level_that_was_left_before_it_was_explored(here_is_explored):
    """Who fell or fled from a level finds the Mines there, if nowhere else."""
    at = second_level(OPEN, turn=LATE + 1)
    at.play("descend")
    at.known.level.set_terrain(at.at(1, 0), Terrain.FLOOR)  # an edge
    if here_is_explored:
        explored(at, 3)
    assert at.known.stats.depth == 3 and at.legal("climb") == here_is_explored


def test_hidden_stairs_are_searched_for_when_all_levels_were_explored():
    """A search costs as many turns as the next level, and finds the stairs less often."""
    at = second_level(SHUT, turn=LATE + 1)
    explored(at, 2)
    assert not at.legal("prospect") and at.legal("descend")
    explored(at, 3, 4)
    assert at.legal("prospect")


@pytest.mark.parametrize("here, above, climbs", [(0, 0, False), (500, 0, True), (500, 500, False)])
def test_climb_goes_back_up_to_search_where_nothing_was_hidden_here(here, above, climbs):
    at = second_level(SHUT, turn=LATE + 1)
    at.play("descend")
    explored(at, 2, searched=above)
    explored(at, 3, searched=here)
    assert not at.legal("climb")  # level 4 comes first
    explored(at, 4, searched=500)
    assert at.legal("climb") == climbs


@pytest.mark.parametrize("depth, climbs", [(5, True), (6, True), (9, False)])
def test_who_fell_past_levels_goes_back_up_to_them_but_not_from_far_below(depth, climbs):
    at = second_level(SHUT, turn=LATE + 1)
    explored(at, 2, searched=500)
    at.play("descend")
    at.known.levels[DOOM, depth] = at.known.levels.pop(at.known.level_key)
    at.known.level_key = (DOOM, depth)
    at.known.stats = at.known.stats._replace(depth=depth)
    assert hunt.wants_up(at.known) == climbs


@pytest.mark.parametrize("character, climbs", [
    ("tou-hum-neu-fem", True), ("val-hum-neu-fem", False), ("tou-gno-neu-fem", False),
])  # fmt: skip
def test_who_is_not_fit_for_the_mines_leaves_them(monkeypatch, character, climbs):
    """Of one known staircase it is not known where it leads."""
    at = second_level()
    monkeypatch.setattr(at.known, "character", character)
    at.known.stats = at.known.stats._replace(dungeon=MINES, depth=3, level=1, max_hit_points=16)
    assert hunt.wants_up(at.known) == climbs


def test_climb_leaves_the_mines_with_a_tool(monkeypatch):
    at = second_level()
    at.known.stats = at.known.stats._replace(dungeon=MINES)
    assert not at.legal("climb")
    with_a_tool(monkeypatch)
    assert at.legal("climb")


@pytest.mark.parametrize("searched, searches", [(0, True), (500, False)])
def test_a_level_without_the_mines_stairs_is_searched_for_a_while(searched, searches):
    at = second_level(SHUT)
    explored(at, 2, 3, 4)
    at.known.level.searched[:2] = searched
    assert at.legal("prospect") == searches


def test_stairs_under_a_thing_are_found():
    at = second_level(SHUT)
    level, square = at.known.level, at.at(0, 2)
    level.seen[:] = True
    level.guessed[square], level.objects[square] = True, nh.GLYPH_OBJ_OFF + 1
    level.set_terrain(square, Terrain.FLOOR)
    assert at.play("prospect").keys.startswith("ll")
    assert not level.guessed[square]


@pytest.mark.parametrize("race, level, searches", [
    ("hum", 2, True), ("hum", 3, False), ("gno", 3, False),
    ("dwa", 3, True), ("dwa", 8, True), ("dwa", 9, False),
])  # fmt: skip
def test_dwarves_search_more_of_the_mines(monkeypatch, race, level, searches):
    """sp_lev.c, create_monster: where the hero is a dwarf, two dwarves of three are others."""
    at = second_level(OPEN)
    monkeypatch.setattr(at.known, "character", f"val-{race}-law-fem")
    at.known.stats = at.known.stats._replace(dungeon=MINES, level=level, depth=level + 2)
    assert hunt.in_hunted_mines(at.known) == searches


def test_who_saw_the_end_of_the_mines_without_a_tool_goes_back_to_the_main_dungeon():
    """A Valkyrie of level 9 searched the last level of the Mines for 8,000 turns."""
    at = Situation("-------\n|.@.<.|\n-------", hp=60)
    known = at.known
    known.stats = known.stats._replace(dungeon=MINES, level=8, depth=10)
    known.level_key = (MINES, 8)
    known.levels = {(MINES, 8): known.level}
    known.level.seen[:] = True
    known.level.set_terrain(known.hero, Terrain.FLOOR)
    assert not hunt.mines_done(known) and not REGISTRY["climb"].available(known)
    known.level.searched[known.hero] = SEARCHED_FOR_LONG
    assert hunt.mines_done(known) and not hunt.hunting(known)
    assert REGISTRY["climb"].available(known)
    above = Situation("-------\n|<@.>.|\n-------", hp=60).known
    above.stats = above.stats._replace(dungeon=MINES, level=7, depth=9)
    above.levels[MINES, 8] = known.level
    assert REGISTRY["climb"].available(above) and not REGISTRY["descend"].available(above)
