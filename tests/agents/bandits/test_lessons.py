"""Bandits learn from futures of one decision: every legal action was tried at the same state."""

import numpy as np
import pytest
from helpers.values import valued

from agents import State, make
from agents.bandits import GradientBandit, Greedy
from agents.lessons import Lesson, Student

BANDITS = ["greedy", "epsilon_greedy", "ucb", "thompson", "gradient_bandit", "linucb"]
BANDITS += ["linear_thompson"]
NAN = np.nan


def state(context=0):
    return State(np.ones(2, np.float32), context, np.array([True, False, True]))


def lesson(context=0):
    """Two futures of the first and the last action, the second being illegal."""
    returns = np.array([[0.2, 0.4], [NAN, NAN], [1.0, 7.0]])
    return Lesson(state(context), returns)


@pytest.mark.parametrize("name", BANDITS)
def test_every_bandit_can_be_taught(name):
    agent = make(name, 3, 2, 2, rng=np.random.default_rng(0))
    assert isinstance(agent, Student) and agent.reach == 1
    assert valued(agent, np.zeros((5, 2))).tolist() == [0] * 5
    assert agent.study([lesson()] * 20) == {"lesson_pulls": 80}
    likely = agent.action_probabilities(state())
    assert likely[2] > likely[0]


def test_estimates_begin_at_the_mean_of_the_futures_in_their_context():
    """0.2 and 0.4; 1 and 7, of which the latter is clipped to the end of the range, 5."""
    agent = make("greedy", 3, 2, rng=np.random.default_rng(0), context="situation",
                 reward_range=(0, 5))  # fmt: skip
    agent.study([lesson(context=1)])
    assert agent.estimates(state(1)) == pytest.approx([0.3, 0, 3])
    assert agent.counts(state(1)).tolist() == [2, 0, 2]
    assert agent.counts(state(0)).tolist() == [0, 0, 0]


@pytest.mark.parametrize("kind", [Greedy, GradientBandit])
def test_who_names_no_context_teaches_the_first(kind):
    bandit = kind(2, n_contexts=2, rng=np.random.default_rng(0))
    bandit.update_all(np.array([0.25, 0.75]))
    assert bandit.action_probabilities(context=0)[1] > 0.5
    assert bandit.action_probabilities(context=1).tolist() == [0.5, 0.5]


def test_the_gradient_bandit_goes_where_single_choices_go_on_average():
    """E[H'(a)] of `update` over arms drawn from pi, the baseline being the same."""
    rewards, legal = np.array([0.1, NAN, 0.9]), np.array([True, False, True])
    start = np.array([0.5, 0.0, -0.2])

    def bandit():
        made = GradientBandit(3, baseline=False, rng=np.random.default_rng(0))
        made.preferences[0] = start
        return made

    pi, expected = bandit().action_probabilities(legal), np.zeros(3)
    for arm in (0, 2):
        single = bandit()
        single.update(arm, rewards[arm], legal=legal)
        expected += pi[arm] * single.preferences[0]
    every = bandit()
    every.update_all(rewards)
    assert every.preferences[0] == pytest.approx(expected)
