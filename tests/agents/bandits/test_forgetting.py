"""UCB that forgets is D-UCB and SW-UCB as Garivier & Moulines (2011) define them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agents
from agents import State, Transition, checkpoint
from agents.bandits import UCB
from agents.bandits.ucb import UCBSettings

A, C = 3, 2
FORGETFUL = [{"forgetting": 0.9}, {"window": 7}]
histories = st.lists(
    st.tuples(st.integers(0, C - 1), st.integers(0, A - 1), st.floats(0, 1)), max_size=40
)


def state(context=0):
    return State(np.zeros(0, np.float32), context, np.ones(A, bool))


def step(action, reward, context=0):
    return Transition(state(context), action, reward, 0.9, state(), False)


def taught(history, c=1.5, **chosen):
    bandit = UCB(A, c, n_contexts=C, rng=np.random.default_rng(0), **chosen)
    for context, arm, reward in history:
        bandit.update(arm, reward, context)
    return bandit


def by_definition(history, context, c, weigh):
    """N, X̄ and X̄ + c √(ln n / N), of sums over all of a context's choices s = 1 .. t.

    `weigh(age)` is what a choice counts after `age` = t - s more.
    """
    chosen = [(arm, reward) for where, arm, reward in history if where == context]
    weights, sums = np.zeros(A), np.zeros(A)
    for age, (arm, reward) in enumerate(reversed(chosen)):
        weights[arm] += weigh(age)
        sums[arm] += weigh(age) * reward
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(weights > 0, sums / weights, 0)
        spread = np.sqrt(np.log(weights.sum()) / weights)
    return weights, means, np.where(weights > 0, means + c * spread, math.inf)


def check(bandit, history, c, weigh):
    for context in range(C):
        weights, means, upper = by_definition(history, context, c, weigh)
        np.testing.assert_allclose(bandit.weights[context], weights, rtol=1e-12)
        np.testing.assert_allclose(bandit.estimates(context), means, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(
            bandit.bounds(context), [means, upper], rtol=1e-9, atol=1e-7
        )  # √(ln n) near n = 1


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from([1.0, 0.99, 0.7, 0.3]))
def test_discounted_counts_means_and_padding_are_the_papers(history, gamma):
    check(taught(history, forgetting=gamma), history, 1.5, lambda age: gamma**age)


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from([1, 2, 5, 30, 1000]))
def test_counts_means_and_padding_in_the_window_are_the_papers(history, window):
    check(taught(history, window=window), history, 1.5, lambda age: float(age < window))


def test_discounting_by_hand():
    """γ = 1/2, choices a, b, a with rewards 1, 1, 0: N = 5/4, 1/2; X̄ = 1/5, 1; n = 7/4."""
    bandit = taught([(0, 0, 1.0), (0, 1, 1.0), (0, 0, 0.0)], c=2.0, forgetting=0.5)
    assert bandit.weights[0].tolist() == [1.25, 0.5, 0.0]
    assert bandit.estimates() == pytest.approx([0.2, 1.0, 0.0])
    high = [0.2 + 2 * math.sqrt(math.log(1.75) / 1.25), 1 + 2 * math.sqrt(math.log(1.75) / 0.5)]
    assert bandit.bounds()[1] == pytest.approx([*high, math.inf])


def test_a_window_by_hand():
    """τ = 3, choices a, b, b, a with rewards 9, 1, 0, 2: the first is out; N = 1, 2; X̄ = 2, 1/2."""
    history = [(0, 0, 9.0), (0, 1, 1.0), (0, 1, 0.0), (0, 0, 2.0)]
    bandit = taught(history, c=2.0, window=3)
    assert bandit.estimates().tolist() == [2.0, 0.5, 0.0]
    high = [2 + 2 * math.sqrt(math.log(3)), 0.5 + 2 * math.sqrt(math.log(3) / 2), math.inf]
    assert bandit.bounds()[1] == pytest.approx(high)
    assert bandit.counts[0].tolist() == [2, 2, 0]  # ever


@pytest.mark.parametrize("chosen", [{"forgetting": 1.0}, {"window": 10_000}])
def test_who_forgets_nothing_is_ucb(chosen):
    rng, plain = np.random.default_rng(3), UCB(A, 0.5, rng=np.random.default_rng(1))
    other = UCB(A, 0.5, rng=np.random.default_rng(1), **chosen)
    for reward in rng.integers(2, size=300).tolist():
        arm = plain.select()
        assert other.select() == arm
        assert (other.action_probabilities() == plain.action_probabilities()).all()
        plain.update(arm, reward)
        other.update(arm, reward)
    assert other.estimates() == pytest.approx(plain.estimates())


@pytest.mark.parametrize("chosen", FORGETFUL)
def test_choices_follow_the_probabilities(chosen):
    """Ties included: two arms alike, the third worse and as often tried."""
    bandit = taught([(0, 2, 0.0)] * 20 + [(0, 0, 1.0)] * 20, **chosen, c=0.0)
    bandit.values[0, 1] = bandit.values[0, 0]
    assert bandit.action_probabilities().tolist() == [0.5, 0.5, 0.0]
    assert {bandit.select() for _ in range(40)} == {0, 1}


def test_a_forgotten_arm_is_tried_like_a_new_one():
    bandit = taught([(0, 0, 1.0), (0, 1, 1.0), *[(0, 2, 0.5)] * 3], window=3)
    assert bandit.action_probabilities().tolist() == [0.5, 0.5, 0.0]
    legal = np.array([False, True, True])
    assert bandit.action_probabilities(legal).tolist() == [0, 1, 0]


def test_weights_that_fade_to_nothing_do_no_harm():
    bandit = taught([(0, 0, 0.5), *[(0, 1, 1.0)] * 2000], forgetting=0.5)
    assert bandit.estimates().tolist() == [0.5, 1.0, 0.0]  # a mean does not fade
    assert np.isinf(bandit.bounds()[1][[0, 2]]).all()


@pytest.mark.parametrize("chosen", FORGETFUL)
@pytest.mark.parametrize("before", [3, 7, 25])  # the ring is not full, just full, gone round
def test_a_checkpoint_goes_on_to_the_bit(chosen, before, tmp_path):
    rng = np.random.default_rng(before)
    agent = agents.make("ucb", A, C, context="situation", **chosen)

    def some(n):
        return [step(*drawn) for drawn in zip(
            rng.integers(A, size=n).tolist(), rng.random(n).tolist(),
            rng.integers(C, size=n).tolist(), strict=True,
        )]  # fmt: skip

    agent.learn(some(before))
    agent.save(tmp_path)
    again, more = agents.load(tmp_path), some(20)
    for each in (agent, again):
        each.learn(more)
    for name, array in agent.bandit.arrays().items():
        assert again.bandit.arrays()[name].tobytes() == array.tobytes(), name


def test_without_forgetting_a_checkpoint_is_what_it_was(tmp_path):
    """One from before there was such a setting opens, and holds what one of today holds."""
    old = {"c": 0.5, "context": "none", "reward_range": [0.0, 1.0]}
    arrays = {"counts": np.array([[2, 1, 0]]), "values": np.array([[0.25, 1.0, 0.0]])}
    checkpoint.save(tmp_path, checkpoint.Header("ucb", A, 1, 0, old), arrays)
    agent = agents.load(tmp_path)
    assert set(agent.bandit.arrays()) == {"counts", "values"}
    agent.learn([step(0, 1.0)])
    assert agent.estimates(state()).tolist() == [0.5, 1.0, 0.0]
    assert agent.counts(state()).tolist() == [3, 1, 0]


def test_metrics_leave_out_what_was_forgotten_again():
    agent = agents.make("ucb", A, window=2)
    metrics = agent.learn([step(0, 1.0), step(1, 0.0), step(1, 0.5)])
    assert metrics == {"pulls/0": 1, "pulls/1": 2, "pulls/2": 0, "estimate/1": 0.25}


def test_metrics_weigh_contexts_by_what_is_remembered():
    """γ = 1/2: of arm 0, N = 1 at 1 in context 0; 1/2 at 0 in context 1, where arm 1 came last."""
    agent = agents.make("ucb", A, C, context="situation", forgetting=0.5)
    metrics = agent.learn([step(0, 1.0), step(0, 0.0, context=1), step(1, 0.0, context=1)])
    assert metrics["estimate/0"] == pytest.approx((1 * 1 + 0.5 * 0) / 1.5)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"forgetting": 0.9, "window": 5}, "two ways to forget; remove one of them"),
        ({"forgetting": 0.0}, "forgetting must be"),
        ({"forgetting": 1.01}, "forgetting must be"),
        ({"window": 0}, "window must be"),
        ({"window": 2.5}, "window must be a whole number"),
    ],
)
def test_settings_that_can_not_be_are_refused(chosen, message):
    with pytest.raises(ValueError, match=message):
        UCBSettings(**chosen)


@pytest.mark.parametrize(
    ("chosen", "name", "value", "message"),
    [
        ({"window": 4}, "recent_arms", A, "'recent_arms' must hold numbers between 0 and 2"),
        ({"window": 4}, "recent_arms", -1, "'recent_arms' must hold numbers between 0 and 2"),
        ({"window": 4}, "weights", -1.0, "'weights' must hold finite numbers from 0"),
        ({"forgetting": 0.9}, "weights", np.nan, "'weights' must hold finite numbers from 0"),
    ],
)
def test_a_checkpoint_that_no_learning_brings_about_is_refused(
    tmp_path, chosen, name, value, message
):
    agent = agents.make("ucb", A, **chosen)
    agent.bandit.arrays()[name][0, 1] = value
    agent.save(tmp_path)
    with pytest.raises(ValueError, match=f"agent.safetensors: .*{message}"):
        agents.load(tmp_path)


@pytest.mark.parametrize("key", ["forgetting", "window"])
def test_nobody_starts_from_counts_that_were_forgotten_otherwise(key):
    assert agents.settings_of("ucb")[key].fixed
