"""What agents have in common: what they are told, and when they learn."""

import numpy as np
import pytest

import agents
from agents.bandits import BanditAgent
from agents.bandits.linear import LinearBandit
from agents.baselines import PriorityAgent, PrioritySettings
from agents.checkpoint import Header


def test_an_agent_of_a_size_alone_has_one_context_no_features_and_the_default_settings():
    assert PriorityAgent(3).header == Header("priority", 3, 1, 0, {"order": None})
    told = PriorityAgent(3, 2, 5, PrioritySettings([2]))
    assert told.header == Header("priority", 3, 2, 5, {"order": [2]})
    assert told.order == [2, 0, 1]


@pytest.mark.parametrize("name", agents.REGISTRY)
def test_bandits_learn_in_their_game_and_all_others_after_it(name):
    agent = agents.make(name, 3, 1, 2)
    assert agent.learns_online == isinstance(agent, BanditAgent | LinearBandit)


@pytest.mark.parametrize("name", agents.REGISTRY)
def test_the_generator_that_is_handed_in_is_the_one_that_is_drawn_from(name):
    rng = np.random.default_rng(0)
    assert agents.make(name, 3, 1, 2, rng=rng).rng is rng
