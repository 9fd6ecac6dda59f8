"""Promises of NLE's tasks in the real game: rewards are NLE's own."""

from __future__ import annotations

import gymnasium as gym
import numpy as np
import pytest
from helpers.real_game import CHARACTER, random_keys, text

from envs.macro_env import MacroEnv
from envs.macros import REGISTRY
from envs.nethack.env import NetHack
from envs.nethack.tasks import TASKS, Frame, make_task

pytestmark = pytest.mark.nethack
NAMES = list(REGISTRY)


@pytest.mark.parametrize("task", TASKS)
def test_every_task_starts_and_steps(task):
    env = NetHack(task=task, max_keystrokes=60)
    env.reset(seed=1)
    over, total = False, 0.0
    for key in random_keys(env, 5, 60):
        if over := env.press(key):
            break
        assert isinstance(env.reward, float) and np.isfinite(env.reward)
        total += env.reward
    assert over and env.terminated != env.truncated
    env.close()


NLE_TASKS = {
    "score": "NetHackScore-v0", "staircase": "NetHackStaircase-v0", "gold": "NetHackGold-v0",
    "eat": "NetHackEat-v0", "scout": "NetHackScout-v0", "oracle": "NetHackOracle-v0",
    "staircase-pet": "NetHackStaircasePet-v0",
}  # fmt: skip


@pytest.mark.parametrize("task", NLE_TASKS)
def test_rewards_are_nles_own(task):
    """NLE's environment plays; our task looks at the same frames."""
    theirs = gym.make(NLE_TASKS[task], disable_env_checker=True, save_ttyrec_every=0).unwrapped
    theirs.seed(11, 12, reseed=False)
    theirs.reset()
    index = theirs._observation_keys.index

    def frame():
        seen = theirs.last_observation
        return Frame(
            seen[index("blstats")].tolist(), seen[index("glyphs")].copy(),
            seen[index("internal")].copy(),
        )  # fmt: skip

    ours = make_task(task)
    ours.start(frame())
    rng = np.random.default_rng(2)
    for _ in range(300):
        action = int(rng.integers(theirs.action_space.n))
        _, reward, terminated, truncated, info = theirs.step(action)
        if terminated or truncated:
            succeeded = info["end_status"] == theirs.StepStatus.TASK_SUCCESSFUL
            assert ours.success(frame()) == succeeded
            break
        assert ours.reward(frame()) == pytest.approx(reward)
    theirs.close()


def walk_to_stairs(env, most=120):
    """Chooses by a fixed order until the game ends; returns the last step's answer and Σ reward."""
    total = 0.0
    for _ in range(most):
        legal = env.action_masks()
        name = next(n for n in ("fight", "descend", "explore", "door", "search")
                    if legal[NAMES.index(n)])  # fmt: skip
        _, reward, terminated, truncated, info = env.step(NAMES.index(name))
        total += reward
        if terminated or truncated:
            return total, terminated, info
    return total, False, info


def at_the_limit_too(seed, keystrokes):
    """With its last keystroke the game is done, not cut short."""
    env = MacroEnv(task="staircase", character="val-hum-law-fem", max_keystrokes=keystrokes)
    env.reset(seed=seed)
    _, terminated, info = walk_to_stairs(env)
    assert terminated and not env.env.truncated and info["total_keystrokes"] == keystrokes
    env.close()


def test_reaching_the_stairs_terminates_the_staircase_task():
    env = MacroEnv(task="staircase", character="val-hum-law-fem", discount=1.0,
                   reward={"task": 1.0, "death": -100.0})  # fmt: skip
    for seed in range(3):
        env.reset(seed=seed)
        total, terminated, info = walk_to_stairs(env)
        if terminated:
            assert info["cause"] is None and info["depth"] == 1 and info["discount"] == 0.0
            assert 0 < total <= 1  # 1, less 0.01 for each key that took no time
            env.close()
            at_the_limit_too(seed, info["total_keystrokes"])
            return
    pytest.fail("the stairs were not reached in three games")


@pytest.mark.parametrize("task, was", [("score", "off"), ("gold", "on")])
def test_autopickup_is_off_but_where_the_task_says_so(task, was):
    env = NetHack(task=task, character=CHARACTER)
    env.reset(seed=0)
    env.press(ord("@"))  # toggles it, and says what it is now
    assert ("Autopickup: OFF" if was == "on" else "Autopickup: ON") in text(env)
    env.close()
