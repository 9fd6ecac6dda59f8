"""Promises of what an agent sees: bounds, meaning, and the numbering of situations."""

import numpy as np
import pytest
from helpers.situations import Situation
from hypothesis import given, settings
from hypothesis import strategies as st

from envs.features import FEATURE_NAMES, features
from envs.knowledge import outlook
from envs.knowledge.knowledge import Knowledge
from envs.situation import PARTS, describe_situation, n_situations, situation
from envs.stub.env import Stub

ROOM = "---------\n|...<...|\n|...@...|\n|.......|\n---------"
OBSERVATION = Stub(maps=[ROOM]).reset(seed=0)[0]


def values(at: Situation) -> dict[str, float]:
    return dict(zip(FEATURE_NAMES, features(at.known).tolist(), strict=True))


def parts(at: Situation) -> dict[str, str]:
    words = describe_situation(situation(at.known))
    return dict(part.split(": ") for part in words.split(", "))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-(2**20), 2**20), min_size=25, max_size=25))
def test_features_stay_in_bounds_whatever_the_statistics(numbers):
    observation = {key: array.copy() for key, array in OBSERVATION.items()}
    observation["blstats"][2:] = numbers
    known = Knowledge(observation)
    seen = features(known)
    assert seen.shape == (len(FEATURE_NAMES),) and seen.dtype == np.float32
    assert np.isfinite(seen).all() and (np.abs(seen) <= 1).all()
    assert 0 <= situation(known) < n_situations()


def test_situations_are_described_each_in_its_own_words():
    words = [describe_situation(i) for i in range(n_situations())]
    assert (
        len(set(words)) == n_situations() == np.prod([len(part.values) for part in PARTS.values()])
    )


def test_a_quiet_start():
    at = Situation(ROOM)
    seen = values(at)
    assert seen["health"] == 1 and not seen["health_critical"] and not seen["hungry"]
    assert seen["hostiles"] == seen["adjacent_hostiles"] == seen["pets"] == 0
    assert seen["nearest_hostile"] == 1  # far away
    assert seen["stairs_up_known"] == 1 and seen["stairs_down_known"] == 0
    assert seen["level_is_deepest"] == 1 and seen["depth"] == pytest.approx(1 / 50)
    assert seen["armor_class"] == pytest.approx((10 - 6) / 30)
    assert parts(at).items() >= {
        "threat": "no hostile in view", "health": "high", "way": "no way down known",
        "hunger": "fed", "branch": "main dungeon",
    }.items()  # fmt: skip


def test_hostiles_by_number_distance_and_strength():
    at = Situation(ROOM)
    at.spawn("newt", 0, 3)
    assert parts(at)["threat"] == "hostile in view"
    assert values(at)["nearest_hostile"] == pytest.approx(3 / 20)
    at.spawn("wolf", 1, 1)
    seen = values(at)
    assert parts(at)["threat"] == "hostile adjacent"
    assert seen["hostiles"] == 2 / 8 and seen["adjacent_hostiles"] == 1 / 8
    assert seen["nearest_hostile"] == pytest.approx(1 / 20)
    assert seen["strongest_hostile"] == pytest.approx((5 - 1) / 10)  # monst.c: a wolf is LVL(5)
    at.spawn("jackal", 1, 0)
    assert parts(at)["threat"] == "several adjacent"


def test_pets_are_no_threat():
    at = Situation(ROOM)
    at.spawn("kitten", 0, 1, pet=True)
    assert values(at)["pets"] == 1 / 4 and values(at)["hostiles"] == 0
    assert parts(at)["threat"] == "no hostile in view"


@pytest.mark.parametrize(
    "hp, words, critical, trouble",
    [(30, "high", 0, 0), (20, "high", 0, 0), (19, "below two thirds", 0, 0),
     (9, "below a third", 0, 0), (5, "below a third", 1, 1), (0, "below a third", 1, 1)],
)  # fmt: skip
def test_health_in_thirds_and_trouble(hp, words, critical, trouble):
    at = Situation(ROOM, hp=30)
    at.set(hp=hp)
    assert parts(at)["health"] == words
    seen = values(at)
    assert seen["health"] == pytest.approx(hp / 30)
    assert (seen["health_critical"], seen["major_trouble"]) == (critical, trouble)


def test_few_hit_points_are_trouble():
    """pray.c, critically_low_hp: 5 or fewer, or a fifth of at most 15 a level at levels 1 to 5."""
    at = Situation(ROOM, hp=70)
    at.set(hp=6)
    assert not values(at)["major_trouble"] and not values(at)["health_critical"]
    at.set(hp=5)
    assert values(at)["major_trouble"] and values(at)["health_critical"]


@pytest.mark.parametrize(
    "nutrition, hungry, weak, words",
    [(900, 0, 0, "fed"), (140, 1, 0, "hungry"), (40, 1, 1, "hungry")],
)
def test_hunger(nutrition, hungry, weak, words):
    at = Situation(ROOM, nutrition=nutrition)
    seen = values(at)
    assert (seen["hungry"], seen["weak"], parts(at)["hunger"]) == (hungry, weak, words)
    assert seen["major_trouble"] == weak  # weakness is trouble to pray about


def test_the_way_down_to_a_new_level_and_to_a_known_one():
    at = Situation("-----\n|@>.|\n-----", "-----\n|<.>|\n-----", "-----\n|<..|\n-----")
    assert parts(at)["way"] == "way down to a new level"
    at.play("descend")
    at.play("ascend")
    assert values(at)["level_is_deepest"] == 0
    assert parts(at)["way"] == "way down to where the hero was"


def test_exploring_ends_the_frontier_and_fills_the_level():
    at = Situation("-----   -----\n|@..O###O...|\n-----   -----")
    before = values(at)
    at.play_while_legal("explore")
    after = values(at)
    assert (before["frontier"], after["frontier"]) == (1, 0)
    assert after["level_seen"] > before["level_seen"] > 0


def test_a_prayer_is_ready_after_the_first_hundred_turns():
    """The timeout starts at 300, falls by one a turn, and 200 is low enough in trouble (pray.c)."""
    at = Situation(ROOM)
    assert not values(at)["prayer_ready"]
    at.set(turn=150)
    assert values(at)["prayer_ready"]


def test_closed_doors_are_noticed():
    assert values(Situation("-----\n|@..+\n-----"))["closed_door_known"]
    assert not values(Situation("-----\n|@..O\n-----"))["closed_door_known"]


def test_harm_is_what_those_near_do_a_turn_against_the_hit_points_that_are_left():
    at = Situation(ROOM, hp=16)
    assert values(at)["harm"] == values(at)["harm_adjacent"] == 0
    assert values(at)["turns_to_live"] == 1  # 20 turns or more
    at.spawn("wolf", 0, 3)
    # monst.c: wolf, LVL(5, 12, ...), bite 2d4, mean 5; it hits AC 6 with (9 + 5 + 6) / 20 = 1
    assert values(at)["harm"] == pytest.approx(5 / 16)
    assert values(at)["turns_to_live"] == pytest.approx(16 / 5 / 20)
    assert values(at)["harm_adjacent"] == 0 and not values(at)["outrun"]
    at.spawn("jackal", 0, 1)  # LVL(0, 12, ...), bite 1d2, mean 1.5; it hits with 15 / 20
    assert values(at)["harm_adjacent"] == pytest.approx(1.5 * 0.75 / 16)
    at.set(hp=4)
    assert values(at)["harm"] == 1  # all of the hit points, and more


def test_the_cost_of_a_fight_is_in_hit_points_that_are_left():
    at = Situation("------------\n|@.........|\n------------", hp=16)
    assert values(at)["fight_cost"] == 0
    at.spawn("jackal", 0, 8)  # further than what is near, but soon in the fight
    cost = outlook.cost(at.known, at.known.hostiles)
    assert cost > 0 and values(at)["fight_cost"] == pytest.approx(cost / 16 / 2)
    at.set(hp=1)
    at.spawn("wolf", 0, 1)
    assert values(at)["fight_cost"] == 1  # twice the hit points, and more


def test_what_is_rooted_far_away_or_tame_does_no_harm():
    at = Situation(ROOM)
    at.spawn("lichen", 0, 2, pet=True)
    assert values(at)["harm"] == 0
    at = Situation("-----------\n|@........|\n-----------")
    at.spawn("jackal", 0, 7)
    assert values(at)["harm"] == 0  # six steps are near


def test_stairs_count_as_a_way_out_only_before_the_pursuers():
    at = Situation("----------\n|.<.@....|\n----------")
    assert values(at)["steps_to_stairs"] == pytest.approx(2 / 20)
    at.spawn("jackal", 0, 3)
    assert values(at)["stairs_before_pursuers"]
    at.spawn("newt", 0, -1)  # in the way
    assert not values(at)["stairs_before_pursuers"]


@pytest.mark.parametrize(
    ("level", "points", "share"),
    [(1, 0, 0), (1, 10, 0.5), (2, 30, 0.5), (8, 1920, 0.5), (10, 7560, 0.5), (30, 10**8, 1)],
)
def test_the_share_of_the_way_to_the_next_level(level, points, share):
    """exper.c, newuexp: 20, 40, 80 … 5,120 points, then 10,000, doubled for each level."""
    at = Situation(ROOM)
    at.known.stats = at.known.stats._replace(experience_level=level, experience=points)
    assert values(at)["to_next_level"] == pytest.approx(share)


def test_the_last_macro_action_is_seen_and_what_ended_it():
    at = Situation("-----------------\n|@..............|\n-----------------")
    assert not any(value for name, value in values(at).items() if name.startswith("last_"))
    at.play("rest") if at.legal("rest") else at.play("search")
    assert values(at)["ended_by_hostile"] == 0
    at.spawn("newt", 0, 1)
    at.play("fight")
    assert values(at)["last_fight"] == 1 and values(at)["last_flee"] == 0
