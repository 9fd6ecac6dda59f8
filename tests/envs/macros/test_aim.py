"""Promises of the lines of fire."""

import pytest
from helpers.situations import Situation

from envs.data.glyphs import Terrain
from envs.macros.aim import LATELY, shots

HALL = "------------\n|@.........|\n|..........|\n|..........|\n------------"


def aims(at):
    return [(shot.distance, chr(shot.key)) for shot in shots(at.known)]


@pytest.mark.parametrize(
    "dy, dx, expected",
    [
        (0, 5, [(5, "l")]),
        (2, 2, [(2, "n")]),
        (2, 0, [(2, "j")]),
        (1, 2, []),
        (0, 1, [(1, "l")]),
    ],
)
def test_only_the_eight_directions_hit(dy, dx, expected):
    at = Situation(HALL)
    at.spawn("newt", dy, dx)
    assert aims(at) == expected


def test_the_first_in_line_is_the_target_and_the_nearest_comes_first():
    at = Situation(HALL)
    for dx in (4, 6):
        at.spawn("newt", 0, dx)
    at.spawn("jackal", 2, 2)
    assert aims(at) == [(2, "n"), (4, "l")]


@pytest.mark.parametrize("dx", [2, 7])
def test_no_shot_where_a_pet_or_a_peaceful_one_may_be_hit(dx):
    for kind in ({"pet": True}, {"peaceful": True}):
        at = Situation(HALL)
        at.spawn("newt", 0, 5)
        at.spawn("kitten" if "pet" in kind else "watchman", 0, dx, **kind)
        assert aims(at) == []


def test_walls_and_doors_stop_missiles():
    assert aims(Situation("--------\n|@..|.F|\n--------")) == []
    assert aims(Situation("--------\n|@..+.F|\n--------")) == []


def test_how_far_a_ray_flies_before_a_wall_throws_it_back():
    at = Situation(HALL)
    at.spawn("newt", 0, 5)
    (shot,) = shots(at.known)
    assert shot.to_wall == 10  # squares to the wall itself


@pytest.mark.parametrize("ago, aimed", [(None, True), (LATELY, True), (LATELY - 1, False)])
@pytest.mark.parametrize("dark", [Terrain.CORRIDOR, Terrain.DOORWAY, Terrain.UNKNOWN])
def test_no_shot_through_the_dark_where_a_pet_was_about(ago, aimed, dark):
    """Five of 400 heroes killed theirs so, and no god helped them after that (mon.c, xkilled)."""
    at = Situation(HALL)
    at.spawn("newt", 0, 3)
    level, turn = at.known.level, at.known.stats.turn
    level.pet_seen = None if ago is None else turn - ago
    assert aims(at) == [(3, "l")]  # in the light it would be seen
    level.set_terrain(at.at(0, 5), dark)
    assert aims(at) == ([(3, "l")] if aimed else [])
    at.spawn("kitten", 2, 1, pet=True)  # it is in view, and not in the way
    assert aims(at) == [(3, "l")]
