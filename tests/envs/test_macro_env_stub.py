"""Promises of the semi-Markov environment, on the stub."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from helpers.situations import Situation
from hypothesis import given, settings
from hypothesis import strategies as st

import envs  # noqa: F401  (registers the ids)
from envs.macro_env import MacroEnv
from envs.macros import REGISTRY
from envs.macros.base import command
from envs.situation import describe_situation

ROOM = "-------\n|.....|\n|..@..|\n|.....|\n-------"
NAMES = list(REGISTRY)


def make(**settings):
    return gym.make("yendor/NetHackMacro-v0", game="stub", **settings)


def legal_actions(info):
    return np.flatnonzero(info["action_mask"])


def play_out(env, seed, most=400):
    """Plays random legal macro-actions; returns what was seen at each decision."""
    rng = np.random.default_rng(seed)
    observation, info = env.reset(seed=seed)
    record = [(observation.tobytes(), info["situation"])]
    for _ in range(most):
        action = rng.choice(legal_actions(info))
        observation, reward, terminated, truncated, info = env.step(action)
        record.append((observation.tobytes(), info["situation"], info["keystrokes"],
                       info["discount"], reward, terminated, truncated, info["ended"]))  # fmt: skip
        assert not (terminated and truncated)
        if terminated or truncated:
            break
    return record, terminated, truncated, info


def test_check_env_passes():
    check_env(make(max_turns=300).unwrapped, skip_render_check=True)


def test_the_first_decision_is_described():
    env = make(maps=[ROOM])
    observation, info = env.reset(seed=3)
    assert env.observation_space.contains(observation)
    assert info["action_mask"].shape == (len(NAMES),) and info["action_mask"].dtype == np.int8
    assert info["seed"] == 3 and info["character"] == "val-hum-law-fem"
    assert info["keystrokes"] == 0 and info["discount"] == 1.0
    assert 0 <= info["situation"] < env.unwrapped.n_situations
    assert len(env.unwrapped.feature_names) == observation.size


def test_the_mask_is_the_initiation_sets_and_never_empty():
    at = Situation(ROOM)
    mask = at.env.action_masks()
    assert mask.tolist() == [REGISTRY[name].available(at.known) for name in NAMES]
    assert mask[NAMES.index("search")]


def test_actions_are_the_named_macro_actions_in_order():
    env = MacroEnv("stub", macros=["search", "explore"])
    assert [macro.name for macro in env.macros] == ["search", "explore"]
    assert env.action_space.n == 2


def test_the_observation_is_the_named_features_in_order():
    everything, chosen = MacroEnv("stub"), MacroEnv("stub", features=["turn", "health"])
    assert chosen.observation_space.shape == (2,)
    seen, _ = everything.reset(seed=3)
    place = everything.feature_names.index
    assert np.array_equal(chosen.reset(seed=3)[0], seen[[place("turn"), place("health")]])
    assert chosen.observation_space.contains(chosen.step(0)[0])


def test_the_situation_is_told_apart_by_the_named_parts():
    """Two parts of two and four values: hungry or fed, and how near a hostile monster is."""
    env = MacroEnv("stub", situation=["hunger", "threat"], maps=[ROOM])
    _, info = env.reset(seed=0)
    assert env.n_situations == 8
    assert describe_situation(info["situation"], env.situation_parts) == (
        "hunger: fed, threat: no hostile in view"
    )
    assert len({describe_situation(i, env.situation_parts) for i in range(8)}) == 8


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 1.0))
def test_the_discount_is_gamma_to_the_keystrokes_and_nothing_follows_a_termination(seed, gamma):
    rng = np.random.default_rng(seed)
    env = MacroEnv("stub", discount=gamma, max_turns=150)
    _, info = env.reset(seed=seed)
    for _ in range(30):
        _, _, terminated, truncated, info = env.step(rng.choice(legal_actions(info)))
        expected = 0.0 if terminated else gamma ** info["keystrokes"]
        assert info["discount"] == pytest.approx(expected) and info["keystrokes"] >= 1
        if terminated or truncated:
            break


def test_the_reward_is_discounted_from_the_decisions_first_keystroke():
    """Two gold pieces' worth of steps: the gain comes with the last of k keys, so γᵏ⁻¹ · 24."""
    env = MacroEnv("stub", maps=["-------\n|@..$.|\n-------"], discount=0.5, reward={"gold": 1.0})
    env.reset(seed=0)
    keys = 0
    gained_at = None
    for _ in env.play(NAMES.index("pickup")):
        if env.known.stats.gold and gained_at is None:
            gained_at = keys
        keys += 1
    _, reward, _, _, info = env.result()
    assert info["keystrokes"] == keys and gained_at == 3  # l l l ,
    assert reward == 24 * 0.5**gained_at


def test_keystrokes_count_every_key_sent():
    at = Situation(maps=[ROOM])
    sent = 0
    for name in ("search", "search", "search"):
        played = at.play(name)
        assert played.info["keystrokes"] == len(played.keys)
        sent += len(played.keys)
    assert at.env.env.outcome().keystrokes == sent


@pytest.mark.parametrize("seed", range(6))
def test_a_game_ends_once_and_tells_how(seed):
    record, terminated, truncated, info = play_out(make(hp=8, max_turns=300), seed)
    assert terminated != truncated
    assert {"points", "progression", "cause", "depth", "max_depth", "experience_level", "turns",
            "total_keystrokes"} <= info.keys()  # fmt: skip
    assert info["total_keystrokes"] == sum(step[2] for step in record[1:])
    assert info["keystrokes"] == record[-1][2]
    assert (info["cause"] is None) == truncated
    assert (info["discount"] == 0) == terminated


def test_a_limit_truncates_and_keeps_the_discount():
    env = make(maps=[ROOM], max_turns=20)
    env.reset(seed=0)
    for _ in range(10):
        _, _, terminated, truncated, info = env.step(NAMES.index("search"))
        if truncated:
            break
    assert (terminated, truncated) == (False, True)
    assert info["discount"] > 0 and info["turns"] >= 20 and info["ended"] == "game over"


def test_death_terminates_and_is_rewarded_as_such():
    at = Situation("-----\n|@w.|\n-----", hp=3, reward={"death": -1.0}, discount=1.0)
    total = 0.0
    for _ in range(60):
        _, reward, terminated, truncated, info = at.env.step(NAMES.index("search"))
        total += reward
        if terminated or truncated:
            break
    assert (terminated, truncated, total) == (True, False, -1.0)
    assert info["cause"] == "killed by a wolf" and info["discount"] == 0.0


class Leave:
    """A macro-action that gives the game up."""

    name, budget = "leave", 10

    def available(self, game):
        return True

    def play(self, game):
        yield from command(game, b"<", [("Still climb", ord("y"))])


def test_leaving_the_dungeon_is_no_death(monkeypatch):
    monkeypatch.setitem(REGISTRY, "leave", Leave())
    at = Situation("-----\n|<..|\n-----", macros=["search", "leave"], reward={"death": -1.0})
    _, reward, terminated, _, info = at.env.step(1)
    assert (terminated, reward, info["cause"]) == (True, 0.0, "escaped")


def test_an_illegal_action_searches():
    illegal, search = make(maps=[ROOM]), make(maps=[ROOM])
    _, info = illegal.reset(seed=1)
    search.reset(seed=1)
    assert not info["action_mask"][NAMES.index("descend")]
    first = illegal.step(NAMES.index("descend"))
    second = search.step(NAMES.index("search"))
    assert np.array_equal(first[0], second[0]) and first[1:4] == second[1:4]
    assert first[4]["keystrokes"] == second[4]["keystrokes"]
    assert illegal.unwrapped.known.stats.turn > 10


def test_the_seed_alone_fixes_the_game():
    fresh = play_out(make(max_turns=400), 5)[0]
    env = make(max_turns=400)
    play_out(env, 6)
    assert play_out(env, 5)[0] == fresh
    assert play_out(env, 6)[0] != fresh


def test_reset_without_a_seed_plays_another_game():
    env = make()
    first = env.reset(seed=1)[1]["seed"]
    seeds = [env.reset()[1]["seed"] for _ in range(5)]
    assert len({first, *seeds}) == 6
    env.reset(seed=1)
    assert [env.reset()[1]["seed"] for _ in range(5)] == seeds


def test_observations_are_safe_to_keep():
    env = make()
    first, _ = env.reset(seed=0)
    kept = first.copy()
    for _ in range(5):
        env.step(NAMES.index("search"))
    assert np.array_equal(first, kept)


def test_rendering_is_the_games():
    env = make(maps=[ROOM], render_mode="ansi")
    env.reset(seed=0)
    assert "@" in env.render()
    env.close()


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"game": "stubb"}, "unknown game 'stubb'.*'stub'"),
        ({"macros": ["search", "figth"]}, "unknown macro-action 'figth'.*fight"),
        ({"macros": ["explore"]}, "'search' must be among"),
        ({"macros": ["search", "search"]}, "named twice"),
        ({"features": ["helth"]}, "unknown feature 'helth'; did you mean 'health'"),
        ({"features": ["turn", "turn"]}, "named twice"),
        ({"features": []}, "at least one feature"),
        ({"situation": ["thret"]}, "did you mean 'threat'"),
        ({"reward": {"score": 1.0}}, "unknown reward 'score'.*'squares'"),
        ({"discount": 1.5}, "discount must be"),
    ],
)
def test_bad_settings_are_explained(settings, words):
    with pytest.raises(ValueError, match=words):
        MacroEnv(**{"game": "stub"} | settings)


def test_stepping_before_a_reset_or_outside_the_actions_is_explained():
    env = MacroEnv("stub")
    with pytest.raises(RuntimeError, match="reset"):
        env.step(0)
    env.reset(seed=0)
    with pytest.raises(ValueError, match=rf"0\.\.{len(env.macros) - 1}"):
        env.step(len(env.macros))


def test_keys_pressed_by_hand_are_a_decision_like_any_other():
    env = MacroEnv("stub", reward={"points": 1.0})
    env.reset(seed=3)
    env.begin_by_hand()
    for key in b"ss":
        assert not env.press(key)
    features, _, terminated, truncated, info = env.result()
    assert info["keys"] == b"ss" and info["keystrokes"] == 2
    assert info["discount"] == pytest.approx(0.999**2)
    assert not terminated and not truncated
    assert (env.state()[0] == features).all()
    *_, info = env.step(0)
    assert info["keys"] and info["keystrokes"] == len(info["keys"])
