"""A bandit as an agent: contexts, the scale of rewards, what it shows."""

import copy

import numpy as np
import pytest

import agents
from agents import State, Transition
from agents.bandits import BanditAgent, Greedy


def state(context=0, n_actions=2):
    return State(np.zeros(0, dtype=np.float32), context, np.ones(n_actions, dtype=bool))


def transition(action, reward, context=0, discount=0.5):
    return Transition(state(context), action, reward, discount, state(), False)


def test_without_context_all_situations_are_one():
    agent = agents.make("greedy", 2, 3)
    agent.learn([transition(1, 1.0, context=2)])
    for context in range(3):
        assert agent.estimates(state(context)).tolist() == [0, 1]
        assert agent.counts(state(context)).tolist() == [0, 1]


def test_with_context_each_situation_has_its_own_values():
    agent = agents.make("greedy", 2, 3, context="situation")
    agent.learn([transition(1, 1.0, context=2)])
    assert agent.estimates(state(2)).tolist() == [0, 1]
    assert agent.estimates(state(0)).tolist() == [0, 0]
    assert agent.counts(state(0)).tolist() == [0, 0]
    assert agent.act(state(2)) == 1


def test_rewards_are_mapped_to_zero_to_one_and_clipped():
    agent = agents.make("greedy", 2, reward_range=(-10.0, 10.0))
    agent.learn([transition(0, 5.0), transition(1, 99.0)])
    assert agent.bandit.estimates().tolist() == [0.75, 1.0]
    assert agent.estimates(state()).tolist() == [5.0, 10.0]  # in units of reward again
    agent.learn([transition(1, -99.0)])
    assert agent.estimates(state())[1] == 0.0


def test_thompson_shows_posterior_means():
    agent = agents.make("thompson", 2)
    agent.learn([transition(0, 0.0), transition(1, 1.0)])
    assert agent.estimates(state()) == pytest.approx([1 / 3, 2 / 3])
    assert agent.action_probabilities(state()) == pytest.approx([1 / 6, 5 / 6])


def test_a_bandit_ignores_the_discount():
    near, far = (agents.make("greedy", 2) for _ in range(2))
    near.learn([transition(0, 0.5, discount=1.0)])
    far.learn([transition(0, 0.5, discount=0.0)])
    assert (near.estimates(state()) == far.estimates(state())).all()


def test_learning_on_a_copy_leaves_the_original_alone():
    agent = agents.make("thompson", 2)
    own = copy.deepcopy(agent)
    own.learn([transition(0, 1.0)])
    assert agent.counts(state()).sum() == 0
    assert agent.learns_online


def test_its_generator_is_the_bandits():
    agent, rng = agents.make("thompson", 2), np.random.default_rng(0)
    agent.rng = rng
    assert agent.rng is agent.bandit.rng is rng


def test_what_it_shows_is_not_what_it_keeps():
    agent = agents.make("greedy", 2)
    agent.estimates(state())[:] = 9.0
    agent.counts(state())[:] = 9
    assert agent.estimates(state()).tolist() == [0, 0]
    assert agent.counts(state()).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"context": "map"}, "unknown context 'map': Valid: none, situation"),
        ({"reward_range": (1.0, 1.0)}, r"reward_range\[1\] must be above 1.0"),
        ({"reward_range": (float("-inf"), 1.0)}, r"reward_range\[0\] must be from"),
    ],
)
def test_bad_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        agents.make("ucb", 2, **settings)


def test_bounds_are_in_units_of_reward():
    agent = agents.make("ucb", 2, 3, c=2.0, reward_range=(-5.0, 5.0))
    for reward in (5.0, -5.0):
        agent.learn([transition(0, reward)])
    low, high = agent.bounds(state())
    assert low[0] == 0.0 and low[1] == -5.0  # the value 0.5 and 0 of [0, 1]
    # 0.5 + 2 sqrt(ln 2 / 2) of [0, 1]; never tried: no bound
    assert high[0] == pytest.approx(10 * 2 * np.sqrt(np.log(2) / 2))
    assert np.isinf(high[1])
    assert agents.make("greedy", 2, 3).bounds(state()) is None


def test_metrics_are_pulls_of_these_decisions_and_estimates_after_them():
    agent = agents.make("greedy", 3, 2, context="situation", reward_range=(0.0, 10.0))
    agent.learn([transition(1, 10.0)])
    steps = [transition(1, 0.0, context=1), transition(1, 4.0, context=1), transition(0, 5.0)]
    metrics = agent.learn(steps)
    # arm 1: a mean of 10 over one choice in context 0, and of 2 over two choices in context 1
    assert metrics == pytest.approx({
        "pulls/0": 1, "pulls/1": 2, "pulls/2": 0, "estimate/0": 5.0, "estimate/1": 14 / 3,
    })  # fmt: skip


def test_metrics_of_thompson_sampling_are_posterior_means():
    agent = agents.make("thompson", 2)
    metrics = agent.learn([transition(0, 0.0), transition(1, 1.0)])
    assert (metrics["estimate/0"], metrics["estimate/1"]) == pytest.approx((1 / 3, 2 / 3))


def test_with_one_context_the_metric_is_the_estimate_to_the_bit():
    agent, rng = agents.make("greedy", 2), np.random.default_rng(0)
    seen = State(np.zeros(0, np.float32), 0, np.ones(2, bool))
    for reward in rng.random(50).tolist():
        told = agent.learn([Transition(seen, 1, reward, 1.0, seen, False)])
        assert told["estimate/1"] == agent.estimates(seen)[1]


def test_contexts_that_are_not_told_apart_are_one():
    agent = BanditAgent(Greedy, 3, 2)
    assert agent.counts(State(np.zeros(0, np.float32), 1, np.ones(3, bool))).tolist() == [0, 0, 0]
    assert agent.bandit.counts.shape == (1, 3)
    header = BanditAgent(Greedy, 3).header
    assert (header.n_contexts, header.n_features) == (1, 0)


@pytest.mark.parametrize("name", ["random", "priority"])
def test_agents_that_learn_nothing_have_no_metrics(name):
    assert agents.make(name, 2).learn([transition(0, 1.0)]) == {}
