"""The agents that never learn."""

import numpy as np
import pytest

from agents import State
from agents.baselines import PriorityAgent, PrioritySettings, RandomAgent


def state(*legal):
    return State(np.zeros(0, dtype=np.float32), 0, np.array(legal, dtype=bool))


def test_random_is_uniform_over_legal_actions():
    agent = RandomAgent(4, rng=np.random.default_rng(0))
    s = state(1, 0, 1, 1)
    assert agent.action_probabilities(s) == pytest.approx([1 / 3, 0, 1 / 3, 1 / 3])
    seen = np.bincount([agent.act(s) for _ in range(3000)], minlength=4)
    assert seen[1] == 0
    assert abs(seen[[0, 2, 3]] - 1000).max() < 4 * np.sqrt(3000 * 1 / 3 * 2 / 3)
    assert agent.estimates(s) is None


def test_priority_takes_the_first_legal_action_of_its_order():
    agent = PriorityAgent(4, settings=PrioritySettings([2, 0, 3, 1]))
    assert agent.act(state(1, 1, 1, 1)) == 2
    assert agent.act(state(1, 1, 0, 1)) == 0
    assert agent.action_probabilities(state(0, 1, 0, 1)).tolist() == [0, 0, 0, 1]
    assert agent.estimates(state(1, 1, 1, 1)) is None


def test_priority_puts_unnamed_actions_last_in_their_own_order():
    assert PriorityAgent(4, settings=PrioritySettings([2])).order == [2, 0, 1, 3]
    assert PriorityAgent(3).order == [0, 1, 2]


@pytest.mark.parametrize("order", [[0, 0], [4], [-1]])
def test_priority_refuses_actions_it_does_not_have(order):
    with pytest.raises(ValueError, match="order must name actions from 0 to 3"):
        PriorityAgent(4, settings=PrioritySettings(order))
