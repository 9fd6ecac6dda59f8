"""Rewards of any range as numbers in [0, 1], one at a time or many."""

import numpy as np
import pytest

from agents.bandits.credit import CreditSettings
from agents.bandits.reward_range import RewardRange


def test_rewards_become_numbers_in_0_to_1_and_what_is_outside_is_clipped():
    three = RewardRange(-1.0, 2.0)
    rewards, units = [-5.0, -1.0, 0.0, 0.5, 2.0, 9.0], [0.0, 0.0, 1 / 3, 0.5, 1.0, 1.0]
    assert [three.unit(reward) for reward in rewards] == pytest.approx(units)
    assert three.units(np.array(rewards)) == pytest.approx(units)
    assert three.rewards(np.array(units[1:5])) == pytest.approx(rewards[1:5])
    assert np.isnan(three.units(np.array([np.nan]))).all()


@pytest.mark.parametrize("pair", [(1.0, 1.0), (2.0, 1.0)])
def test_a_range_without_extent_is_no_setting(pair):
    with pytest.raises(ValueError, match=r"reward_range\[1\] must be above"):
        CreditSettings(reward_range=pair)
