"""The leave-one-out baseline: RLOO at the start, nothing but chance after games have parted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.policy_gradient.advantages import advantages, leave_one_out


def test_at_the_first_decision_it_is_the_return_less_the_mean_of_the_others():
    # games of seeds 7, 7, 7 and 8; λ = 1 and γ = 1, so that returns are sums of rewards
    rewards = np.array([1.0, 2.0, 4.0, 0.0, 0.0, 9.0, 5.0])
    last = np.array([0, 1, 1, 0, 0, 1, 1], bool)
    starts = np.array([7, 7, 7, 7, 7, 7, 8])
    values = np.array([0.3, -1.0, 0.3, 0.3, 2.0, 0.1, 6.0])  # alike where the seed is
    discounts = np.where(last, 0.0, 1.0)
    next_values = np.where(last, 0.0, np.append(values[1:], 0))
    found = leave_one_out(
        advantages(rewards, discounts, values, next_values, last, 1.0), last, starts
    )
    assert found[[0, 2, 3]] == pytest.approx([3 - (4 + 9) / 2, 4 - (3 + 9) / 2, 9 - (3 + 4) / 2])
    # second decisions: A = (2 + 1, 9 - 2); the game of one decision had ended
    assert found[[1, 4]] == pytest.approx([3 - (0 + 7) / 2, 7 - (3 + 0) / 2])
    assert found[5] == pytest.approx(9 - 0.1)
    assert found[6] == pytest.approx(5 - 6)  # began like no other


@given(st.integers(2, 5), st.integers(1, 6), st.integers(0, 1000))
def test_games_that_went_the_same_way_have_no_advantage(plays, decisions, seed):
    game = np.random.default_rng(seed).normal(size=decisions)
    last = np.arange(decisions) == decisions - 1
    found = leave_one_out(np.tile(game, plays), np.tile(last, plays), np.zeros(plays * decisions))
    assert found == pytest.approx(np.zeros(plays * decisions))


def test_it_takes_the_dungeons_share_out_of_the_variance():
    rng = np.random.default_rng(0)
    seeds = np.repeat(np.arange(200), 4)
    found = rng.normal(0, 3, 200)[seeds] + rng.normal(0, 1, 800)  # seed's share and the actions'
    left = leave_one_out(found, np.ones(800, bool), seeds)
    # game's own deviation 1, and that of the mean of the three others: 1 + 1/3
    assert left.var() == pytest.approx(4 / 3, rel=0.15)
    assert found.var() == pytest.approx(10, rel=0.2)
