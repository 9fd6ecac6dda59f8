"""Promises of NLE's eight tasks, on frames made by hand (Küttler et al., 2020, section 3.4)."""

import numpy as np
import pytest
from helpers.screens import monster, pet, screen
from nle import nethack as nh

from envs.nethack.tasks import TASKS, Frame, make_task

HERO = (10, 40)


def frame(turn=1, score=0, gold=0, on_stairs=False, nutrition=900, glyphs=None, level=1):
    blstats = [0] * 27
    blstats[nh.NLE_BL_Y], blstats[nh.NLE_BL_X] = HERO
    blstats[nh.NLE_BL_TIME], blstats[nh.NLE_BL_SCORE] = turn, score
    blstats[nh.NLE_BL_GOLD], blstats[nh.NLE_BL_DLEVEL] = gold, level
    internal = np.zeros(9, np.int32)
    internal[4], internal[7] = on_stairs, nutrition  # NLE: stairs down underfoot, u.uhunger
    return Frame(blstats, screen() if glyphs is None else glyphs, internal)


def play(name, *frames):
    """Rewards after the first frame."""
    task = make_task(name)
    task.start(frames[0])
    return [task.reward(f) for f in frames[1:]], task.success(frames[-1])


def beside(glyph, dy=1, dx=1):
    glyphs = screen("...", "...", "...", y=HERO[0] - 1, x=HERO[1] - 1)
    glyphs[HERO[0] + dy, HERO[1] + dx] = glyph
    return glyphs


def test_there_are_eight():
    assert list(TASKS) == [
        "score", "staircase", "staircase-pet", "oracle", "gold", "eat", "scout", "challenge",
    ]  # fmt: skip


def test_score_is_points_and_a_penalty_where_no_time_passes():
    rewards, done = play("score", frame(1), frame(2, score=20), frame(2, score=20), frame(2, 25))
    assert rewards == pytest.approx([20, -0.01, 4.99]) and not done


def test_challenge_is_points_alone():
    rewards, done = play("challenge", frame(1), frame(2, score=20), frame(2, score=20))
    assert rewards == [20, 0] and not done


def test_staircase_is_done_on_the_stairs_down():
    assert play("staircase", frame(1), frame(2)) == ([0.0], False)
    assert play("staircase", frame(1), frame(2, on_stairs=True)) == ([1.0], True)


def test_staircase_pet_wants_the_pet_beside_the_hero():
    kitten = beside(pet("kitten"))
    assert play("staircase-pet", frame(1), frame(2, on_stairs=True)) == ([0.0], False)
    assert play("staircase-pet", frame(1), frame(2, glyphs=kitten)) == ([0.0], False)
    wild = frame(2, on_stairs=True, glyphs=beside(monster("kitten")))
    assert play("staircase-pet", frame(1), wild) == ([0.0], False)
    far = frame(2, on_stairs=True, glyphs=beside(pet("kitten"), dx=2))
    assert play("staircase-pet", frame(1), far) == ([0.0], False)
    both = frame(2, on_stairs=True, glyphs=kitten)
    assert play("staircase-pet", frame(1), both) == ([1.0], True)


def test_oracle_wants_the_oracle_beside_the_hero():
    oracle = monster("Oracle")
    assert play("oracle", frame(1), frame(2, glyphs=beside(oracle))) == ([1.0], True)
    assert play("oracle", frame(1), frame(2, glyphs=beside(oracle, 2, 0))) == ([0.0], False)
    assert play("oracle", frame(1), frame(2, glyphs=beside(monster("newt")))) == ([0.0], False)


def test_gold_is_gold_gained_and_lost_and_is_picked_up_by_walking():
    rewards, _ = play("gold", frame(1), frame(2, gold=24), frame(3, gold=20))
    assert rewards == [24, -4]
    assert [name for name in TASKS if make_task(name).gold_autopickup] == ["gold"]


def test_eat_is_nutrition_gained_and_nothing_for_hunger():
    frames = [frame(t, nutrition=n) for t, n in ((1, 900), (2, 899), (3, 1699), (4, 1698))]
    assert play("eat", *frames)[0] == [0, 800, 0]


def test_scout_is_squares_uncovered_on_each_level():
    small, large = screen("...", y=5, x=5), screen("......", y=5, x=5)
    frames = [
        frame(1, glyphs=small), frame(2, glyphs=large), frame(3, glyphs=small, level=2),
        frame(4, glyphs=large, level=1), frame(5, glyphs=large, level=2),
    ]  # fmt: skip
    # A level counts whole at first (the first one with the first keystroke, as NLE has it), and
    # nothing is new when coming back.
    assert play("scout", *frames)[0] == [6, 3, 0, 3]


def test_neighbours_stop_at_the_edge_of_the_map():
    at_edge = frame(2, glyphs=screen())
    at_edge.blstats[nh.NLE_BL_X] = at_edge.blstats[nh.NLE_BL_Y] = 0
    at_edge.glyphs[-1, -1] = monster("Oracle")
    assert play("oracle", frame(1), at_edge) == ([0.0], False)


def test_an_unknown_task_is_named_with_the_tasks_there_are():
    with pytest.raises(ValueError, match="'scor'.*score"):
        make_task("scor")
