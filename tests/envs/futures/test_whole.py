"""All the futures that were asked for, or none."""

import numpy as np
import pytest

from envs.futures import Future, Horizon, Lost, every_future, whole
from envs.macro_env import MacroEnv


def first_legal(observation, info, rng):
    return int(np.flatnonzero(info["action_mask"])[0])


@pytest.fixture
def asked():
    env = MacroEnv("stub")
    _, info = env.reset(seed=3)
    actions = np.flatnonzero(info["action_mask"]).tolist()[:2]
    return env, actions, first_legal, 2, Horizon(decisions=2), (1, 2)


def crashing(monkeypatch, times):
    """Makes the second future of each call crash, the first so many times that it is played."""
    futures, crashes = whole.futures, []

    def some(*arguments, **rest):
        for future in futures(*arguments, **rest):
            if future.index == 1 and len(crashes) < times:
                crashes.append(future)
                yield Lost(future.action, future.index, "its process crashed")
            else:
                yield future

    monkeypatch.setattr(whole, "futures", some)


def told(found):
    return [(f.action, f.index, f.seeds, f.keys, f.reward) for f in found]


def test_a_future_that_crashed_is_played_once_more_with_the_same_result(asked, monkeypatch):
    expected = told(every_future(*asked))
    assert len(expected) == 4
    crashing(monkeypatch, 1)
    found = every_future(*asked)
    assert all(isinstance(future, Future) for future in found) and told(found) == expected


def test_one_that_is_lost_for_good_loses_all(asked, monkeypatch):
    crashing(monkeypatch, 2)
    assert every_future(*asked) is None
