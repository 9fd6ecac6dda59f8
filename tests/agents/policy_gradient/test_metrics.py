"""What a round of learning was like, against the definitions and against scipy."""

import math

import numpy as np
import pytest
from helpers.values import valued
from scipy import stats

import agents
from agents import State, Transition
from agents.networks.softmax import log_softmax
from agents.policy_gradient.metrics import MEANINGS, StepMeans, explained_variance
from agents.policy_gradient.prior import divergence
from agents.policy_gradient.surrogate import surrogate

A, F = 3, 2
ALL = np.ones(A, bool)


def decisions(n=20, seed=0, reward=None):
    rng = np.random.default_rng(seed)
    states = [State(rng.standard_normal(F).astype(np.float32), 0, ALL) for _ in range(n)]
    return [
        Transition(s, int(rng.integers(A)), rng.standard_normal() if reward is None else reward,
                   0.0, s, True)
        for s in states
    ]  # fmt: skip


def make(**settings):
    return agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(1), **settings)


@pytest.mark.parametrize("settings", [{}, {"clip": 0.2, "epochs": 3, "batch_size": 7}])
def test_learning_tells_what_the_list_of_meanings_says(settings):
    metrics = make(**settings).learn(decisions())
    left_out = {"prior_kl"} | (set() if "clip" in settings else {"clip_fraction"})
    assert set(metrics) == set(MEANINGS) - left_out
    assert all(isinstance(value, float) and math.isfinite(value) for value in metrics.values())


def test_no_decisions_no_metrics():
    assert make().learn([]) == {}


def test_one_step_of_reinforce_against_the_definitions():
    agent, steps = (
        make(normalise_features=False, entropy_bonus=0.5, precision="float64"),
        decisions(),
    )
    x = np.stack([step.state.features for step in steps])
    before = log_softmax(agent.policy.predict(x))
    rewards = np.array([step.reward for step in steps])  # one decision a game: the returns
    advantage = rewards - valued(agent, x)
    explained = 1 - advantage.var() / rewards.var()
    advantage = (advantage - advantage.mean()) / advantage.std()
    metrics = agent.learn(steps)
    after = log_softmax(agent.policy.predict(x))
    chosen = before[np.arange(len(x)), [step.action for step in steps]]
    entropy = np.mean([stats.entropy(np.exp(row)) for row in before])
    kl = np.mean([stats.entropy(np.exp(p), np.exp(q)) for p, q in zip(before, after, strict=True)])
    assert metrics["policy_loss"] == pytest.approx(-(advantage * chosen).mean(), rel=1e-6)
    assert metrics["entropy"] == pytest.approx(entropy)
    assert metrics["kl"] == pytest.approx(kl, rel=1e-6) and kl > 0
    assert metrics["explained_variance"] == pytest.approx(explained, rel=1e-6)
    total = metrics["policy_loss"] - 0.5 * metrics["entropy"] + metrics["value_loss"]
    assert metrics["loss"] == pytest.approx(total)


def test_nothing_is_clipped_while_the_policy_is_still_the_old_one():
    assert make(clip=0.2).learn(decisions())["clip_fraction"] == 0.0


def test_far_steps_are_clipped():
    metrics = make(clip=0.01, epochs=5, learning_rate=0.1).learn(decisions())
    assert 0 < metrics["clip_fraction"] <= 1


def test_equal_returns_leave_nothing_to_explain():
    assert explained_variance(np.array([0.5, -0.5]), np.array([1.0, 1.0])) == {}
    perfect = explained_variance(np.zeros(3), np.array([1.0, 2.0, 3.0]))
    assert perfect == {"explained_variance": 1.0}


def test_an_illegal_action_adds_nothing_to_the_divergence():
    before = log_softmax(np.array([[0.0, 1.0, 2.0]]), np.array([[True, False, True]]))
    after = log_softmax(np.array([[2.0, 1.0, 0.0]]), np.array([[True, False, True]]))
    p, q = np.exp(before[0, [0, 2]]), np.exp(after[0, [0, 2]])
    assert divergence(before, after)[0] == pytest.approx(stats.entropy(p, q))
    assert divergence(before, before)[0] == 0.0


def test_steps_weigh_by_their_decisions():
    means = StepMeans()
    means.add(3, {"loss": 1.0})
    means.add(1, {"loss": 5.0})
    assert means.result() == {"loss": 2.0}


def test_the_surrogate_is_the_lesser_of_the_clipped_and_the_plain_one():
    advantage, ratio = np.array([1.0, 1.0, -1.0, -1.0]), np.array([1.5, 0.5, 1.5, 0.5])
    assert surrogate(advantage, ratio, 0.2) == pytest.approx([1.2, 0.5, -1.5, -0.8])


def test_the_loss_has_the_weights_of_its_own_round():
    agent = make(prior=[0, 1, 2], prior_weight=1.0, prior_half_life=1.0, entropy_bonus=0.5)
    for weight in (1.0, 0.5, 0.25):
        told = agent.learn(decisions())
        loss = told["policy_loss"] - 0.5 * told["entropy"] + weight * told["prior_kl"]
        assert told["loss"] == pytest.approx(loss + told["value_loss"])
