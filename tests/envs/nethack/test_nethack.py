"""Promises of the real game: what NLE breaks is mended, and macro-actions play it."""

from __future__ import annotations

import _ctypes
import ctypes
import hashlib
import os
import time
from pathlib import Path

import gymnasium as gym
import nle  # noqa: F401  (registers NLE's own environments)
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from helpers.real_game import CHARACTER, random_keys, text
from nle import nethack as nh

import envs  # noqa: F401  (registers the ids)
from envs.data import glyphs
from envs.macro_env import MacroEnv
from envs.macros import REGISTRY
from envs.nethack.characters import ROLES, characters
from envs.nethack.env import ARENA_KEYS, NetHack

pytestmark = pytest.mark.nethack
NAMES = list(REGISTRY)
ESC = 27


def record(env, seed, keys):
    """A digest of every observation, flag and reward of one game."""
    digest = hashlib.sha256()
    env.reset(seed=seed)
    for key in keys:
        for buffer in env.observation.values():
            digest.update(buffer.tobytes())
        if env.press(key):
            break
        digest.update(f"{env.reward} {env.terminated} {env.truncated}".encode())
    return digest.hexdigest(), env.outcome()


def test_the_seed_alone_fixes_the_whole_game_in_a_fresh_env_and_in_a_reused_one():
    reused = NetHack()
    games = [(seed, random_keys(reused, 100 + seed)) for seed in range(12)]
    first = [record(reused, *game) for game in games]
    assert [record(reused, *game) for game in reversed(games)] == first[::-1]
    for game, expected in zip(games[:4], first, strict=False):
        fresh = NetHack()
        assert record(fresh, *game) == expected
        fresh.close()
    assert len({digest for digest, _ in first}) == 12
    reused.close()


def test_another_seed_is_another_game_to_the_same_keys():
    env = NetHack(character=CHARACTER)
    keys = [ord("s")] * 50
    assert len({record(env, seed, keys)[0] for seed in range(5)}) == 5
    env.close()


def test_reset_without_a_seed_draws_the_next_one():
    env, other = NetHack(), NetHack()
    seeds = [e.reset(seed=9)[1]["seed"] for e in (env, other)]
    assert seeds == [9, 9]
    drawn = [env.reset()[1]["seed"] for _ in range(4)]
    assert len(set(drawn)) == 4
    assert [other.reset()[1]["seed"] for _ in range(4)] == drawn
    last = env.observation["glyphs"].copy()
    again, _ = other.reset(seed=drawn[-1])
    assert np.array_equal(again["glyphs"], last)
    env.close()
    other.close()


@pytest.mark.parametrize("name", ["yendor/NetHack-v0", "yendor/NetHackMacro-v0"])
def test_check_env_passes(name):
    env = gym.make(name).unwrapped
    check_env(env, skip_render_check=True)
    env.close()


@pytest.mark.parametrize("mode", ["ansi", "rgb_array", "human"])
def test_rendering(mode, capsys):
    env = NetHack(render_mode=mode)
    env.reset(seed=0)
    picture = env.render()
    if mode == "rgb_array":
        assert picture.shape == (336, 1264, 3) and picture.dtype == np.uint8 and picture.any()
    else:
        shown = picture if mode == "ansi" else capsys.readouterr().out
        assert "Agent the" in shown and "Dlvl:1" in shown
    env.close()


@pytest.mark.parametrize(
    "limits, key, reached",
    [
        ({"max_turns": 30}, "s", ("turns", 30)),
        ({"max_keystrokes": 25}, "s", ("keystrokes", 25)),
        ({"max_idle_keystrokes": 20}, "\x1b", ("keystrokes", 20)),
    ],
)
def test_a_limit_truncates_and_does_not_terminate(limits, key, reached):
    env = NetHack(character=CHARACTER, **limits)
    env.reset(seed=0)
    action, truncated = env.actions.index(ord(key)), False
    while not truncated:
        _, _, terminated, truncated, info = env.step(action)
        assert not terminated and bool(info) == truncated
    name, figure = reached
    assert info[name] == figure and info["cause"] is None
    with pytest.raises(RuntimeError, match="reset"):
        env.step(action)
    env.close()


def test_observations_of_step_are_safe_to_keep():
    env = NetHack()
    first, _ = env.reset(seed=0)
    observations = [first, *(env.step(env.actions.index(ord(k)))[0] for k in "shjkl:i")]
    kept = [{key: value.copy() for key, value in seen.items()} for seen in observations]
    for key in random_keys(env, 1, 200):
        if env.press(key):
            break
    for seen, copy in zip(observations, kept, strict=True):
        assert all(np.array_equal(seen[key], copy[key]) for key in seen)
    assert env.observation_space.contains(observations[-1])
    env.close()


def test_the_live_buffers_are_the_same_arrays_all_along():
    env = NetHack()
    env.reset(seed=0)
    before = dict(env.observation)
    env.press(ord("s"))
    env.reset(seed=1)
    assert all(env.observation[key] is before[key] for key in before)
    env.close()


def test_no_hidden_state_is_shown():
    env = NetHack()
    observation, info = env.reset(seed=0)
    assert tuple(observation) == ARENA_KEYS == tuple(env.observation)
    assert not {"internal", "program_state"} & {*observation, *env.observation_space, *info}
    for key in ("internal", "program_state"):
        with pytest.raises(ValueError, match=f"{key}.*glyphs"):
            NetHack(observation_keys=("glyphs", key))
    env.close()


def test_fewer_keys_are_shown_when_asked_for():
    env = NetHack(observation_keys=("chars", "blstats"))
    assert set(env.reset(seed=0)[0]) == {"chars", "blstats"}
    assert env.step(0)[0]["chars"].shape == (21, 79)
    env.close()


def die_by_random_keys(env, seed, most=30_000):
    env.reset(seed=seed)
    rng = np.random.default_rng(seed)
    keys = [ord(key) for key in "hjklyubnHJKLYUBN>> \r\x1b"]
    for count in range(1, most):
        before = env.observation["blstats"].copy()
        if env.press(int(rng.choice(keys))):
            return count, before
    return None


def test_death_is_told_with_points_cause_depth_levels_turns_and_keystrokes():
    env = NetHack(character="tou-hum-neu-fem", max_keystrokes=None, max_idle_keystrokes=None)
    causes = []
    for seed in range(3):
        count, before = die_by_random_keys(env, seed)
        outcome = env.outcome()
        assert (env.terminated, env.truncated) == (True, False)
        assert outcome.keystrokes == count and outcome.character == "tou-hum-neu-fem"
        assert 0 <= outcome.turns - before[nh.NLE_BL_TIME] <= 200  # paralysis runs on
        assert outcome.depth == before[nh.NLE_BL_DEPTH] <= outcome.max_depth
        assert outcome.experience_level >= 1 and outcome.points >= 0
        assert 0 <= outcome.progression <= 1
        # what the screen showed at the end is still there
        assert env.observation["blstats"][nh.NLE_BL_DEPTH] == outcome.depth
        assert (env.observation["chars"] != 32).any()
        causes.append(outcome.cause)
    assert all(isinstance(cause, str) and cause for cause in causes)
    assert any(cause.startswith("killed by") for cause in causes)
    env.close()


def test_the_wrath_of_a_god_is_a_death_and_the_next_game_starts_afresh():
    env = NetHack(character="pri-hum-law-fem")
    env.reset(seed=3)
    for _ in range(2000):
        waiting = env.observation["misc"]
        key = ord("y") if waiting[0] else 13 if waiting[2] else 240
        if env.press(key):
            break
    outcome = env.outcome()
    assert env.terminated and outcome.cause and outcome.turns > 1
    env.reset(seed=3)
    assert not env.terminated and env.outcome().cause is None
    assert env.outcome().keystrokes == 0
    env.close()


def test_quitting_terminates_and_says_so():
    env = NetHack(character=CHARACTER)
    env.reset(seed=0)
    env.press(int(nh.Command.EXTCMD))
    for key in "quit\ry" + "\r" * 10:
        if env.press(ord(key)):
            break
    assert env.terminated and env.outcome().cause == "quit"
    env.close()


def test_every_role_starts_as_itself():
    """The hero's glyph is the role's own monster (role.c, malenum and femalenum)."""
    for role, (name, *_) in ROLES.items():
        character = next(c for c in characters() if c.startswith(role))
        env = NetHack(character=character)
        observation, info = env.reset(seed=4)
        assert info["character"] == character
        x, y = observation["blstats"][:2]
        shown = glyphs.SPECIES_NAMES[glyphs.SPECIES[observation["glyphs"][y, x]]]
        names = {name.lower(), f"{name}ess".lower(), name.lower().replace("man", "woman")}
        assert shown in names
        env.close()


def test_an_at_sign_draws_the_character():
    env = NetHack(character="@")
    drawn = [env.reset(seed=seed)[1]["character"] for seed in range(25)]
    assert set(drawn) <= set(characters())
    assert len({character[:3] for character in drawn}) >= 6
    env.close()


def test_bad_arguments_are_refused_before_a_game_starts():
    for arguments, words in (
        ({"task": "scores"}, "unknown task 'scores'"),
        ({"character": "mon"}, "unknown character 'mon'"),
        ({"observation_keys": ("glyphs", "glifs")}, "'glifs'"),
    ):
        with pytest.raises(ValueError, match=words):
            NetHack(**arguments)


@pytest.mark.parametrize(
    "character", ["@", "wiz-elf-cha-fem", "sam-hum-law-mal", "arc-dwa-law-mal", "hea-gno-neu-fem"]
)
def test_random_legal_macro_actions_play_whole_games(character):
    env = MacroEnv(character=character, max_turns=1500)
    rng = np.random.default_rng(0)
    for seed in range(3):
        _, info = env.reset(seed=seed)
        for _ in range(150):
            action = int(rng.choice(np.flatnonzero(info["action_mask"])))
            turn = env.known.stats.turn
            observation, reward, terminated, truncated, info = env.step(action)
            assert env.observation_space.contains(observation) and np.isfinite(reward)
            assert 1 <= info["keystrokes"] <= env.macros[action].budget + 101
            assert env.known.stats.turn >= turn
            assert not (terminated and truncated)
            if terminated or truncated:
                assert info["turns"] > 0 and (info["cause"] is None) == truncated
                break
    env.close()


def test_the_macro_env_is_fixed_by_its_seed():
    def play(env, seed):
        rng = np.random.default_rng(seed)
        observation, info = env.reset(seed=seed)
        seen = [observation.tobytes()]
        for _ in range(40):
            action = int(rng.choice(np.flatnonzero(info["action_mask"])))
            observation, reward, terminated, truncated, info = env.step(action)
            seen.append((observation.tobytes(), reward, info["keystrokes"], info["situation"]))
            if terminated or truncated:
                break
        return seen

    env, fresh = MacroEnv(max_turns=1000), MacroEnv(max_turns=1000)
    first = play(env, 1)
    play(env, 2)
    assert play(env, 1) == first == play(fresh, 1)
    env.close()
    fresh.close()


def test_the_clock_is_in_no_game():
    """Shopkeepers' names come from the second in which the game began."""

    def birthday():
        loaded = _ctypes.dlopen(env._nethack.dlpath, os.RTLD_NOLOAD | os.RTLD_LAZY)
        try:
            library = ctypes.CDLL(None, handle=loaded)
            return ctypes.c_long.in_dll(library, "ubirthday").value
        finally:
            _ctypes.dlclose(loaded)

    env = NetHack()
    seen = []
    for seed in (1, 2, 1):
        env.reset(seed=seed)
        seen.append(birthday())
    assert seen[0] == seen[2] != seen[1]
    assert abs(seen[0] - time.time()) > 257 and abs(seen[1] - time.time()) > 257


def test_no_game_knows_of_the_dead_of_those_before_it():
    """Statues and corpses are named after them where NetHack's record has any."""
    env = NetHack(character="tou-hum-neu-fem", max_keystrokes=None, max_idle_keystrokes=None)
    record = Path(env._nethack._vardir, "record")
    die_by_random_keys(env, 2)
    assert "goblin" in record.read_text()
    env.reset(seed=5)
    assert not record.read_text()


def test_asking_for_earlier_messages_at_a_question_crashes_nothing():
    """NLE 1.3.0 dies of it at the next key; here the key counts, and is not sent."""
    env = NetHack(character=CHARACTER)
    env.reset(seed=1)
    for key in (ord("p") + 128, 16, ord("n"), 16, ord("s")):
        env.press(key)
    assert env.outcome().keystrokes == 5
    assert "pray" not in text(env)
