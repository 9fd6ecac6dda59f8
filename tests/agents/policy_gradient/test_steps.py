"""Each step of learning against the objective's own slopes, taken numerically."""

import numpy as np
import pytest
from helpers.differences import numerical_gradient
from helpers.values import valued

import agents
from agents import State, Transition
from agents.networks.softmax import softmax
from agents.policy_gradient.surrogate import clipped_weight, surrogate

A, F = 3, 2
EXACT = {
    "precision": "float64", "optimiser": "sgd", "learning_rate": 0.1, "max_gradient_norm": 1e9,
    "normalise_features": False, "hidden": (5,),
}  # fmt: skip
LEGAL = np.ones(A, bool)


def make(**settings):
    """An agent whose critic has an opinion already."""
    agent = agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(3), **settings)
    agent.critic.parameters[:] = np.random.default_rng(4).normal(size=agent.critic.parameters.size)
    return agent


def rounds(n=24, discount=0.9, every=6, seed=0):
    """Games of `every` decisions, the last of which is cut short if `discount` is not 0."""
    rng = np.random.default_rng(seed)
    steps = []
    states = [State(rng.standard_normal(F), 0, LEGAL) for _ in range(n + 1)]
    for t in range(n):
        last = t % every == every - 1
        after = State(rng.standard_normal(F), 0, LEGAL) if last else states[t + 1]
        steps.append(
            Transition(states[t], int(rng.integers(A)), rng.normal(2, 3), discount, after, last)
        )
    return steps


def features(steps):
    return np.stack([step.state.features for step in steps])


def cut_short(agent, steps, lam=1.0):
    """λ-returns and values by the definition: a game cut short goes on with V of where it stood."""
    values = valued(agent, features(steps))
    returns, ahead = np.empty(len(steps)), 0.0
    for t in reversed(range(len(steps))):
        step = steps[t]
        after = valued(agent, step.next_state.features[None])[0]
        ahead = after if step.last else lam * ahead + (1 - lam) * after
        returns[t] = ahead = step.reward + step.discount * ahead
    return returns, values


@pytest.mark.parametrize("lam", [1.0, 0.7])
@pytest.mark.parametrize("normalised", [False, True])
def test_the_critic_steps_towards_the_returns_of_games_cut_short(lam, normalised):
    agent, steps = make(gae_lambda=lam, normalise_returns=normalised, **EXACT), rounds()
    returns, _ = cut_short(agent, steps, lam)
    mean, std = (returns.mean(), returns.std()) if normalised else (0.0, 1.0)

    def loss():
        predicted = agent.critic.predict(features(steps))[:, 0]
        return ((predicted - (returns - mean) / std) ** 2).mean()

    slopes = numerical_gradient(loss, agent.critic.parameters)
    before = agent.critic.parameters.copy()
    metrics = agent.learn(steps)
    assert agent.critic.parameters == pytest.approx(before - 0.1 * slopes, abs=1e-6)
    if normalised:
        assert (agent.returns.mean[0], agent.returns.std[0]) == pytest.approx((mean, std))
        found = ((returns - mean) / std).var()
        assert 0.1 * found < metrics["value_loss"] < 30 * found


def test_later_statistics_rescale_the_critic_and_then_it_steps_as_ever():
    """Pop-Art: V is the same just before the step, in the units of the new statistics."""
    agent = make(normalise_returns=True, **EXACT)
    agent.learn(rounds(seed=1))
    steps = rounds(seed=2)
    first, _ = cut_short(agent, steps)
    count, mean, squares = (float(a[0]) for a in agent.returns.arrays().values())
    # the pooled statistics of both rounds, from their own
    total = count + len(first)
    both = (count * mean + first.sum()) / total
    spread = np.sqrt((squares + count * (mean - both) ** 2 + ((first - both) ** 2).sum()) / total)
    values = valued(agent, features(steps))
    old_std = np.sqrt(squares / count)
    # a linear last layer W, b: W' = W σ/σ', b' = (b σ + μ - μ') / σ'
    moved = agent.critic.parameters.copy()
    moved[-6:] *= old_std / spread
    moved[-1] += (mean - both) / spread
    agent.critic.parameters[:], kept = moved, agent.critic.parameters.copy()
    assert both + spread * agent.critic.predict(features(steps))[:, 0] == pytest.approx(values)

    def loss():
        predicted = agent.critic.predict(features(steps))[:, 0]
        return ((predicted - (first - both) / spread) ** 2).mean()

    slopes = numerical_gradient(loss, agent.critic.parameters)
    agent.critic.parameters[:] = kept
    agent.learn(steps)
    assert agent.critic.parameters == pytest.approx(moved - 0.1 * slopes, abs=1e-6)


def test_a_later_step_of_ppo_climbs_the_surrogate_of_the_ratio_to_the_old_policy():
    steps = rounds()
    settings = EXACT | {"clip": 0.2, "entropy_bonus": 0.0, "learning_rate": 3.0}
    start, one, two = (make(epochs=epochs, **settings) for epochs in (1, 1, 2))
    returns, values = cut_short(start, steps)
    advantage = returns - values
    advantage = (advantage - advantage.mean()) / advantage.std()
    x, taken = features(steps), (np.arange(len(steps)), [step.action for step in steps])
    old = softmax(start.policy.predict(x))[taken]
    for agent in (one, two):
        agent.rng = np.random.default_rng(0)
        metrics = agent.learn(steps)

    def ratio():
        return softmax(one.policy.predict(x))[taken] / old

    left = np.abs(ratio() - 1) > 0.2
    assert 0.2 < left.mean() < 0.9  # some are clipped, some are not
    assert metrics["clip_fraction"] == pytest.approx(left.mean() / 2)  # none in the first epoch
    expected = surrogate(advantage, ratio(), 0.2).mean()
    assert metrics["policy_loss"] == pytest.approx(-expected / 2, abs=1e-9)  # 0 in the first
    slopes = numerical_gradient(
        lambda: -surrogate(advantage, ratio(), 0.2).mean(), one.policy.parameters
    )
    assert two.policy.parameters == pytest.approx(one.policy.parameters - 3.0 * slopes, abs=1e-5)


@pytest.mark.parametrize("advantage", [-0.01, -0.5, 0.01, 0.5])
@pytest.mark.parametrize("ratio", [0.5, 0.9, 1.1, 2.0])
def test_small_advantages_are_clipped_by_their_sign_alone(advantage, ratio):
    out = ratio > 1.2 if advantage > 0 else ratio < 0.8
    expected = 0.0 if out else ratio * advantage
    assert clipped_weight(np.array([advantage]), np.array([ratio]), 0.2) == pytest.approx(
        [expected]
    )


def test_features_are_normalised_by_all_that_was_seen():
    agent = make(**EXACT | {"normalise_features": True})
    both = [rounds(seed=1), rounds(seed=2)]
    for steps in both:
        agent.learn(steps)
    seen = np.concatenate([features(steps) for steps in both])
    assert agent.features.mean == pytest.approx(seen.mean(axis=0))
    assert agent.features.std == pytest.approx(seen.std(axis=0))
    state = both[0][0].state
    z = agent.policy.predict((state.features - seen.mean(axis=0)) / seen.std(axis=0))
    assert agent.action_probabilities(state) == pytest.approx(softmax(z))


def test_a_round_without_an_end_is_taken_as_cut_short():
    agent = make(normalise_returns=False, **EXACT)
    steps = rounds(n=4, every=100)
    closed = [*steps[:-1], Transition(*[getattr(steps[-1], name) for name in (
        "state", "action", "reward", "discount", "next_state")], True)]  # fmt: skip
    other = make(normalise_returns=False, **EXACT)
    agent.learn(steps)
    other.learn(closed)
    assert (agent.critic.parameters == other.critic.parameters).all()


def test_the_old_policy_is_the_one_that_played(monkeypatch):
    """Not that of the networks behind statistics of features that the round has changed."""
    agent, steps = make(), rounds()
    agent.learn(rounds(seed=1))
    played = [agent.action_probabilities(step.state)[step.action] for step in steps]
    olds = []
    improve = agent._improve_policy
    monkeypatch.setattr(
        agent, "_improve_policy", lambda *args: olds.append(args[-1]) or improve(*args)
    )
    agent.learn(steps)
    assert np.sort(np.concatenate(olds)) == pytest.approx(np.sort(played), rel=1e-5)
