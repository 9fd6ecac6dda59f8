"""A game is left as a player leaves it, wherever it stands; and what is closed says so."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from envs.macro_env import MacroEnv
from envs.nethack.characters import check_character
from envs.nethack.env import NetHack
from envs.nethack.leaving import leave


@pytest.mark.nethack
def test_any_game_is_left_properly_before_the_next_begins():
    env, rng = NetHack(), np.random.default_rng(0)
    for seed in range(40):  # questions, texts, menus in menus, --More--, death screens
        env.reset(seed=seed)
        for key in rng.choice(env.actions, rng.integers(1, 200)):
            if env.press(int(key)):
                break
        leave(env._nethack)
        assert env._nethack._pynethack.done()
    env.close()


@pytest.mark.nethack
def test_a_game_is_the_same_whatever_was_left_before_it():
    keys = [ord(key) for key in "ssssllllhhhhjjjj,,,,ssss"]

    def play(env):
        env.reset(seed=5)
        for key in keys:
            env.press(key)
        return env.observation["tty_chars"].copy()

    fresh, used = NetHack(), NetHack()
    used.reset(seed=6)
    for key in b"i#qui":
        used.press(key)
    np.testing.assert_array_equal(play(fresh), play(used))
    fresh.close(), used.close()


@pytest.mark.nethack
def test_a_closed_game_says_that_it_was_closed():
    env = NetHack()
    env.reset(seed=0)
    env.close()
    env.close()
    for use in (env.reset, lambda: env.press(27), lambda: env.step(0)):
        with pytest.raises(RuntimeError, match="was closed: make a new one"):
            use()


@pytest.mark.parametrize("game", [pytest.param("nethack", marks=pytest.mark.nethack), "stub"])
def test_what_needs_a_game_says_so_before_there_is_one(game):
    env = MacroEnv(game)
    uses = (
        env.action_masks, env.state, env.result, env.begin_by_hand,
        lambda: env.step(0), lambda: env.press(27),
    )  # fmt: skip
    for use in uses:
        with pytest.raises(RuntimeError, match=r"call reset\(\) first"):
            use()
    with pytest.raises(RuntimeError, match=r"no game is running: reset\(\)"):
        env.env.press(27)
    env.close()


@pytest.mark.parametrize("game", [pytest.param("nethack", marks=pytest.mark.nethack), "stub"])
@pytest.mark.parametrize("action", [-1, 121, 10**9, 1.0, "0", None])
def test_an_action_that_there_is_not_presses_no_key(game, action):
    env = MacroEnv(game).env
    env.reset(seed=0)
    before = env.observation["tty_chars"].copy()
    with pytest.raises(ValueError, match=r"is not in 0\.\.120"):
        env.step(action)
    np.testing.assert_array_equal(env.observation["tty_chars"], before)
    env.close()


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("Val", "val-"), ("valkyrie", "val-"), ("Monk", "mon-"), ("wiz-elf", "wiz-elf-cha-"),
     ("mon-hum-neu", "mon-hum-neu-mal"), ("Sam-Hum-Law-Fem", "sam-hum-law-fem")],
)  # fmt: skip
def test_the_nearest_character_has_the_role_that_was_meant(given, nearest):
    with pytest.raises(ValueError, match=f'"@", in YAML with its quotes.* is \'{nearest}'):
        check_character(given)


@pytest.mark.nethack
def test_signals_are_handled_after_a_game_as_before_it():
    """NetHack ignores SIGHUP once a game is over: its window could be closed in vain."""
    program = """
import signal
from envs.nethack.env import NetHack
signal.signal(signal.SIGHUP, lambda *_: print("heard"))
env = NetHack()
for seed in range(2):
    env.reset(seed=seed)
    signal.raise_signal(signal.SIGHUP)
over = any(env.press(key) for key in b"#quit\\ry")
signal.raise_signal(signal.SIGHUP)
print(over)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True,
        cwd=Path(__file__).parents[3], check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["heard", "heard", "heard", "True"]
