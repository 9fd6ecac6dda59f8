"""Promises of the stub as an environment: seeds, observations, what is shown. As in NLE 1.3.0."""

from __future__ import annotations

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from helpers.stub_keys import (
    CORRIDOR,
    DARK,
    DOORWAY,
    DOWN,
    FLOOR,
    HP,
    KEYS,
    UP,
    beside,
    message,
    misc,
    play,
    press,
    stat,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from nle import nethack as nh

from envs.stub.env import Stub


def test_check_env_passes():
    check_env(Stub(levels=2), skip_render_check=True)


def test_the_seed_alone_fixes_the_game():
    keys = np.random.default_rng(1).choice([ord(key) for key in "hjklyubns>,e "], 400)

    def record(env: Stub, seed: int) -> list[bytes]:
        env.reset(seed=seed)
        out = []
        for key in keys:
            over = env.press(int(key))
            out.append(b"".join(env.observation[k].tobytes() for k in sorted(env.observation)))
            if over:
                break
        return out

    env = Stub(pet=True)
    first = record(env, 7)
    assert record(env, 7) == first == record(Stub(pet=True), 7)
    assert record(env, 8) != first


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.lists(st.sampled_from(KEYS), max_size=300))
def test_no_key_ever_raises_and_every_observation_is_in_space(seed, keys):
    env = Stub(pet=True, max_turns=500, max_keystrokes=250, nutrition=200)
    env.reset(seed=seed)
    for i, key in enumerate(keys):
        over = env.press(ord(key))
        if i % 20 == 0 or over:
            assert env.observation_space.contains(env.observation)
        if over:
            assert env.terminated != env.truncated
            break


def test_every_key_code_is_taken():
    env = play()
    for key in range(256):
        env.press(key)
    assert env.observation_space.contains(env.observation)


def test_observations_of_step_are_copies():
    env = play()
    before, _ = env.reset(seed=0)
    kept = {key: value.copy() for key, value in before.items()}
    env.step(env.actions.index(ord("l")))
    assert all(np.array_equal(before[key], kept[key]) for key in kept)


@pytest.mark.parametrize("limits", [{"max_turns": 5}, {"max_keystrokes": 4}])
def test_a_limit_truncates_and_does_not_terminate(limits):
    env = play(**limits)
    wait = env.actions.index(ord("s"))
    for _ in range(4):
        _, _, terminated, truncated, info = env.step(wait)
    assert (terminated, truncated) == (False, True)
    assert info["turns"] == 5 and info["keystrokes"] == 4 and info["cause"] is None


def test_death_terminates_when_you_die_is_shown_and_info_says_why():
    env = play("-----\n|@d.|\n-----", hp=1)
    for _ in range(60):
        if env.press(ord(" ") if misc(env)[2] else ord("s")):
            break
    outcome = env.outcome()
    assert (env.terminated, env.truncated) == (True, False)
    assert message(env) == "You die..." and stat(env, HP) == 0
    assert outcome.cause == "killed by a jackal" and outcome.max_depth == 1
    with pytest.raises(RuntimeError, match="reset"):
        env.press(ord("s"))


def test_both_grids_and_the_terminal_show_the_same_map():
    env = Stub(pet=True)
    env.reset(seed=4)
    press(env, "10s ")
    seen = env.observation
    assert np.array_equal(seen["tty_chars"][1:22, :79], seen["chars"])
    assert seen["tty_cursor"].tolist() == [stat(env, 1) + 1, stat(env, 0)]
    assert bytes(seen["tty_chars"][23]).startswith(b"Dlvl:1 $:0 HP:16(16)")


def test_unknown_squares_are_stone_and_left_rooms_are_remembered_dark():
    env = play("-----\n|@..|   ---\n|..._###_.|\n-----   ---")
    stone = nh.GLYPH_CMAP_OFF
    assert env.observation["glyphs"][0, 0] == stone and env.observation["chars"][0, 0] == 32
    assert beside(env, 1, 0) == FLOOR
    press(env, "nlll")
    assert beside(env, 1, 0) == CORRIDOR and beside(env, 2, 0) == stone
    assert beside(env, -1, 0) == DOORWAY and beside(env, -2, 0) == DARK


def test_monsters_show_only_in_view():
    env = play("-----\n|@.._###e\n-----")
    eye = nh.GLYPH_MON_OFF + 28
    assert eye not in env.observation["glyphs"]
    press(env, "llllll")
    assert beside(env, 1, 0) == eye


def test_corners_walls_and_stairs_have_nethacks_glyphs():
    env = play("----\n|@<|\n|.>|\n----")
    x, y = env.observation["blstats"][:2]
    assert env.observation["glyphs"][y - 1 : y + 3, x - 1 : x + 3].tolist() == [
        [2362, 2361, 2361, 2363],
        [2360, 340, UP, 2360],
        [2360, FLOOR, DOWN, 2360],
        [2364, 2361, 2361, 2365],
    ]
