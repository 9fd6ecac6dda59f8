"""Bandits that see: ridge regression by the matrix formula, choices by their distributions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import agents
from agents import State, Transition
from agents.bandits import LinearThompson, LinUCB

A, F = 3, 2
ALL = np.ones(A, bool)
NAMES = ("linucb", "linear_thompson")


def make(name, seed=0, n_features=F, **chosen):
    return agents.make(name, A, 1, n_features, rng=np.random.default_rng(seed), **chosen)


def state(features, legal=ALL):
    return State(np.asarray(features, np.float64), 0, legal)


def decision(features, action, reward):
    seen = state(features)
    return Transition(seen, action, reward, 0.9, seen, False)


def decisions(n=40, seed=0):
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(-1, 1, (n, F)), 2)
    taken, rewards = rng.integers(0, A, n), np.round(rng.random(n), 2)
    return [decision(*row) for row in zip(x, taken.tolist(), rewards.tolist(), strict=True)]


def ridge(steps, action, regularisation):
    """θ = (λI + XᵀX)⁻¹ Xᵀr and the inverse, by numpy's own solver."""
    rows = [step for step in steps if step.action == action]
    x = np.array([[1.0, *step.state.features] for step in rows]).reshape(-1, 1 + F)
    inverse = np.linalg.inv(regularisation * np.eye(1 + F) + x.T @ x)
    return inverse @ x.T @ np.array([step.reward for step in rows]), inverse


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 60), st.integers(0, 99), st.sampled_from([0.01, 1.0, 30.0]))
def test_weights_and_widths_are_those_of_the_matrix_formula(n, seed, regularisation):
    agent, steps = make("linucb", regularisation=regularisation), decisions(n, seed)
    agent.learn(steps)
    q = state([0.5, -0.25])
    means, widths = agent.predict(q)
    for action in range(A):
        theta, inverse = ridge(steps, action, regularisation)
        x = np.array([1, 0.5, -0.25])
        assert means[action] == pytest.approx(theta @ x, abs=1e-9)
        assert widths[action] == pytest.approx(np.sqrt(x @ inverse @ x), rel=1e-9)


def test_actions_that_look_alike_are_taken_alike_often():
    agent = make("linucb")
    taken = np.bincount([agent.act(state([0.5, 0.5], [True, False, True])) for _ in range(400)])
    assert taken[1] == 0
    assert abs(taken[0] - 200) < 4 * np.sqrt(400 / 4)


def test_a_thousand_updates_do_not_drift():
    agent, steps = make("linucb", regularisation=0.001), decisions(3000)
    agent.learn(steps)
    for action in range(A):
        _, inverse = ridge(steps, action, 0.001)
        assert agent.covariance[action] == pytest.approx(inverse, rel=1e-8, abs=1e-12)
        assert (agent.covariance[action] == agent.covariance[action].T).all()


def test_linucb_takes_the_highest_bound_and_ties_are_uniform():
    agent = make("linucb", alpha=0.7)
    assert agent.action_probabilities(state([0, 0])) == pytest.approx([1 / 3] * 3)
    assert {agent.act(state([0, 0])) for _ in range(60)} == {0, 1, 2}
    steps = decisions()
    agent.learn(steps)
    x = np.array([1, 0.5, -0.25])
    scores = []
    for action in range(A):
        theta, inverse = ridge(steps, action, 1.0)
        scores.append(theta @ x + 0.7 * np.sqrt(x @ inverse @ x))
    assert agent.bounds(state(x[1:]))[1] == pytest.approx(scores)
    order = np.argsort(scores)
    assert agent.act(state(x[1:])) == order[-1]
    legal = np.arange(A) != order[-1]
    assert agent.action_probabilities(state(x[1:], legal))[order[-2]] == 1


def test_linear_thompson_draws_from_the_posterior():
    agent, steps = make("linear_thompson", scale=0.5), decisions()
    agent.learn(steps)
    x = np.array([1, 0.5, -0.25])
    means, deviations = agent.posterior(state(x[1:]))
    for action in range(A):
        theta, inverse = ridge(steps, action, 1.0)
        assert means[action] == pytest.approx(theta @ x)
        assert deviations[action] == pytest.approx(0.5 * np.sqrt(x @ inverse @ x))
    low, high = agent.bounds(state(x[1:]))
    assert stats.norm.cdf(high, means, deviations) == pytest.approx([0.95] * A)
    assert stats.norm.cdf(low, means, deviations) == pytest.approx([0.05] * A)


@pytest.mark.parametrize("legal", [ALL, np.array([True, False, True])])
def test_linear_thompson_chooses_with_the_stated_probabilities(legal):
    """The same as drawing whole weight vectors, as Agrawal & Goyal do."""
    agent = make("linear_thompson", scale=0.5)
    agent.learn(decisions())
    seen, x = state([0.5, -0.25], legal), np.array([1, 0.5, -0.25])
    stated = agent.action_probabilities(seen)
    taken = np.bincount([agent.act(seen) for _ in range(10_000)], minlength=A)
    rng = np.random.default_rng(9)
    drawn = np.empty((A, 10_000))
    for a, covariance in enumerate(agent.covariance):
        weights = rng.multivariate_normal(covariance @ agent.sums[a], 0.25 * covariance, 10_000)
        drawn[a] = weights @ x
    whole = np.bincount(np.where(legal[:, None], drawn, -np.inf).argmax(axis=0), minlength=A)
    for counts in (taken, whole):
        assert (counts[~legal] == 0).all()
        assert stats.chisquare(counts[legal], 10_000 * stated[legal]).pvalue > 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_they_learn_what_pays_where(name):
    """Action 0 pays where feature 0 is positive, 1 elsewhere: a bandit without features has 1/2."""
    agent, rng = make(name, reward_range=(-10, 10)), np.random.default_rng(1)
    right = 0
    for t in range(800):
        seen = state(rng.choice([-1.0, 1.0], F))
        action = agent.act(seen)
        best = 0 if seen.features[0] > 0 else 1
        agent.learn([Transition(seen, action, 5.0 * (action == best), 0.9, seen, False)])
        right += t >= 400 and action == best
    assert right > 360
    assert agent.counts(state([0, 0])).sum() == 800


@pytest.mark.parametrize("name", NAMES)
def test_estimates_and_metrics_are_in_units_of_reward(name):
    agent = make(name, n_features=0, reward_range=(-10, 30), regularisation=0.001)
    empty = state([])
    steps = [Transition(empty, 1, reward, 0.9, empty, False) for reward in (10.0, 20.0, 99.0)]
    metrics = agent.learn(steps)
    expected = -10 + 40 * (0.5 + 0.75 + 1.0) / 3.001  # 99 is clipped to 30
    assert agent.estimates(empty)[1] == pytest.approx(expected)
    assert metrics == pytest.approx(
        {"pulls/0": 0, "pulls/1": 3, "pulls/2": 0, "estimate/1": expected}
    )
    assert agent.estimates(empty)[0] == -10


@pytest.mark.parametrize("kind", [LinUCB, LinearThompson])
def test_without_features_there_is_the_constant_alone(kind):
    assert kind(2).predict(state([]))[1].tolist() == [1, 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_range_of_no_width_is_refused(name):
    with pytest.raises(ValueError, match=r"reward_range\[1\] must be above 3"):
        make(name, reward_range=(3.0, 3.0))


@pytest.mark.parametrize("name", NAMES)
def test_copies_do_not_share_what_they_learn(name, tmp_path):
    agent = make(name)
    agent.learn(decisions())
    agent.save(tmp_path)
    other = agents.load(tmp_path)
    other.learn(decisions(seed=1))
    assert agent.counts(state([0, 0])).sum() == 40
    assert other.counts(state([0, 0])).sum() == 80
    assert agents.load(tmp_path).covariance == pytest.approx(agent.covariance, abs=0)


MABWISER = [  # LinUCB of MABWiser 2.7.4 on `decisions()`, with a column of ones, unscaled
    (0.7, 1.0, [0.5, -0.25], [0.6255572262, 0.8925493678, 0.6069109766]),
    (0.7, 1.0, [-1, 1], [1.0081604605, 1.2852057154, 0.9196326615]),
    (0.7, 1.0, [0, 0], [0.6468485195, 0.8062991978, 0.5797072173]),
    (2.0, 0.5, [0.5, -0.25], [1.1423554881, 1.6284969432, 0.9995582628]),
    (2.0, 0.5, [-1, 1], [1.9282106906, 2.6038962135, 1.8190242348]),
    (2.0, 0.5, [0, 0], [1.0762031118, 1.295376048, 0.8766603719]),
]


@pytest.mark.parametrize("alpha, regularisation, features, expected", MABWISER)
def test_linucbs_bounds_are_mabwisers(alpha, regularisation, features, expected):
    agent = make("linucb", alpha=alpha, regularisation=regularisation)
    agent.learn(decisions())
    assert agent.bounds(state(features))[1] == pytest.approx(expected, abs=1e-9)
