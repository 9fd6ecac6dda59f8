"""Learning does not depend on the scale of the reward: scaled rewards give the same policy."""

import numpy as np
import pytest
from helpers.values import valued

import agents
from agents import State, Transition
from agents.policy_gradient.advantages import standardise
from agents.policy_gradient.metrics import explained_variance
from agents.policy_gradient.normaliser import Normaliser

A, F, LEGAL = 3, 2, np.ones(3, bool)
PPO = {"clip": 0.2, "epochs": 3, "batch_size": 25, "gae_lambda": 0.9}


def round_of_games(agent, rng, scale, shift=0.0, length=10, games=8):
    """Games that the agent plays; the action 1 pays where feature 0 is positive, else action 2."""
    states = rng.standard_normal((games, length + 1, F)).astype(np.float32)
    steps = []
    for game in states:
        seen = [State(features, 0, LEGAL) for features in game]
        for t in range(length):
            action = agent.act(seen[t])
            reward = float(action == (1 if game[t, 0] > 0 else 2)) * scale + shift
            last = t == length - 1
            steps.append(
                Transition(seen[t], action, reward, 0.0 if last else 0.9, seen[t + 1], last)
            )
    return steps


def learned(scale, rounds=6, **settings):
    """The agent after some rounds, and the metrics of each."""
    agent = agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(1), **settings)
    world, metrics = np.random.default_rng(2), []
    for number in range(rounds):
        agent.rng = np.random.default_rng([3, number])
        metrics.append(agent.learn(round_of_games(agent, world, scale)))
    return agent, metrics


@pytest.mark.parametrize("backend", ["numpy", "torch"])
@pytest.mark.parametrize("exponent", [-40, -10, 20])
@pytest.mark.parametrize("settings", [{}, PPO], ids=["reinforce", "ppo"])
def test_rewards_times_a_power_of_two_give_the_same_bits(exponent, settings, backend):
    """Floating-point numbers scale by powers of two exactly, so nothing at all may differ."""
    if backend == "torch":
        pytest.importorskip("torch")
    (one, told), (other, told_too) = (
        learned(scale, rounds=3, backend=backend, **settings) for scale in (1.0, 2.0**exponent)
    )
    assert (one.policy.parameters == other.policy.parameters).all()
    assert (one.critic.parameters == other.critic.parameters).all()
    assert told == told_too
    x = np.random.default_rng(0).standard_normal((5, F)).astype(np.float32)
    assert (valued(other, x) == 2.0**exponent * valued(one, x)).all()


@pytest.mark.parametrize("scale", [1e-5, 1e5])
def test_what_pays_is_learned_at_any_scale(scale):
    agent, _ = learned(scale, rounds=30, learning_rate=0.02)
    for sign, best in ((1, 1), (-1, 2)):
        state = State(np.array([sign, 0], np.float32), 0, LEGAL)
        assert agent.action_probabilities(state)[best] > 0.9


def test_the_first_statistics_are_those_of_the_rewards_alone():
    """What an untrained critic says is no reward, and must not enter what never forgets."""
    agent, world = agents.make("policy_gradient", A, 1, F, gae_lambda=0.5), np.random.default_rng(0)
    x = world.standard_normal((5, F))
    assert valued(agent, x).tolist() == [0.0] * 5
    steps = round_of_games(agent, world, 0.001)
    returns, ahead = [], 0.0
    for step in reversed(steps):  # V = 0: the λ-return is R_t + Γ_t λ G_{t+1}
        ahead = step.reward + step.discount * 0.5 * ahead
        returns.append(ahead)
    agent.learn(steps)
    assert agent.returns.mean[0] == pytest.approx(np.mean(returns))
    assert agent.returns.std[0] == pytest.approx(np.std(returns))


def test_one_decision_games_learn_alike_when_all_rewards_are_shifted():
    """Their advantages are the same; longer games would be paid for lasting."""
    policies = []
    for shift in (0.0, 512.0):
        agent = agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(1))
        world = np.random.default_rng(2)
        for _ in range(5):
            agent.rng = np.random.default_rng(3)
            agent.learn(round_of_games(agent, world, 1.0, shift, length=1, games=80))
        policies.append(agent.policy.parameters)
    assert policies[0] == pytest.approx(policies[1], abs=1e-3)


@pytest.mark.parametrize("value", [0.0, 0.1, -3e7, 1e-12])
def test_rounds_in_which_every_reward_is_the_same_teach_nothing(value):
    agent = agents.make("policy_gradient", A, 1, F, entropy_bonus=0.0, optimiser="sgd")
    before = agent.policy.parameters.copy()
    world = np.random.default_rng(0)
    for _ in range(2):
        steps = round_of_games(agent, world, 0.0, value, length=1, games=30)
        metrics = agent.learn(steps)
    assert (agent.policy.parameters == before).all()
    assert "explained_variance" not in metrics
    assert valued(agent, np.zeros((1, F))) == pytest.approx([value], rel=1e-6, abs=1e-300)


def test_standardised_advantages_have_mean_0_and_deviation_1():
    advantages = np.array([1.0, 2.0, 6.0])
    found = standardise(advantages, advantages)
    assert found == pytest.approx((advantages - 3) / np.sqrt(14 / 3))
    assert standardise(1e-30 * advantages, 1e-30 * advantages) == pytest.approx(found)


def test_what_rounding_leaves_is_not_blown_up():
    same = np.full(3, 0.1) + np.array([0, 1e-17, -2e-17])
    assert standardise(same - 0.1, same).tolist() == [0, 0, 0]
    assert explained_variance(same - 0.1, same) == {}
    exact_critic = np.array([1.0, 2.0, 3.0])  # a critic in float32 errs by 6e-8 of the deviation
    assert standardise(np.array([0, 3e-8, -3e-8]), exact_critic).tolist() == [0, 0, 0]


def test_returns_have_no_smallest_deviation():
    normaliser = Normaliser(1, smallest_std=0.0)
    normaliser.update(np.array([[1e-9], [3e-9]]))
    assert normaliser.std == pytest.approx([1e-9])
    constant = Normaliser(1, smallest_std=0.0)
    constant.update(np.full((4, 1), 5.0))
    assert constant.std == pytest.approx([5e-8])
    constant.update(np.full((4, 1), 5.0))
    assert constant.apply(np.array([5.0])) == pytest.approx([0.0])
    zero = Normaliser(1, smallest_std=0.0)
    zero.update(np.zeros((4, 1)))
    assert zero.std.tolist() == [1.0]
