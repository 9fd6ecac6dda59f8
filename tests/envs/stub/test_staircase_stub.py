"""The stub's staircase task, its open doors, and the limit on decisions."""

import numpy as np
import pytest

from envs.macro_env import MacroEnv
from envs.stub import things
from envs.stub.env import Stub

ROOM = """
---------
|@......|
|....>..|
---------
"""
SEARCH, EXPLORE, DESCEND = "search", "explore", "descend"


def env(**settings):
    return MacroEnv(game="stub", macros=(EXPLORE, DESCEND, SEARCH), **settings)


def test_the_staircase_task_ends_on_a_staircase_down_with_a_reward_of_1():
    game = env(maps=(ROOM, ROOM), task="staircase", reward={"task": 1.0}, discount=1.0)
    game.reset(seed=0)
    _, reward, terminated, truncated, info = game.step(1)
    assert (reward, terminated, truncated) == (1.0, True, False)
    assert info["success"] and info["cause"] is None
    assert info["discount"] == 0.0
    assert info["max_depth"] == 1


def test_without_the_task_stairs_are_taken_and_no_game_is_a_success():
    game = env(maps=(ROOM, ROOM), max_decisions=1)
    game.reset(seed=0)
    _, _, terminated, truncated, info = game.step(1)
    assert not terminated and truncated
    assert info["max_depth"] == 2 and not info["success"]


def test_the_limit_on_decisions_truncates_and_later_states_keep_their_worth():
    game = env(maps=(ROOM,), max_decisions=3, discount=0.9)
    game.reset(seed=0)
    ends = [game.step(2) for _ in range(3)]
    assert [end[3] for end in ends] == [False, False, True]
    assert not any(end[2] for end in ends)
    assert ends[-1][4]["discount"] > 0
    game.reset(seed=0)
    assert not game.step(2)[3]  # each game counts anew


def test_the_limit_must_leave_a_decision():
    with pytest.raises(ValueError, match="max_decisions must be greater than 0, not 0"):
        env(max_decisions=0)


def test_an_unknown_task_of_the_stub_is_an_error_that_names_the_others():
    with pytest.raises(ValueError, match="unknown task of the stub 'oracle'.*'score'"):
        Stub(task="oracle")


@pytest.mark.parametrize("seed", range(8))
def test_without_closed_doors_nothing_is_shut_or_hidden(seed):
    stub = Stub(levels=3, closed_doors=False)
    stub.reset(seed=seed)
    for level in stub.world.levels:
        assert not level.hidden and not level.locked
        assert not np.isin(level.terrain, list(things.CLOSED_DOORS)).any()
