"""Promises of the lines of fire."""

import pytest
from helpers.situations import Situation

from envs.macros.aim import shots

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
