"""The prior: what it prefers, what leaving it costs, and that its gradient is the derived one."""

import numpy as np
import pytest
from helpers.differences import numerical_gradient
from helpers.values import valued
from scipy import stats

import agents
from agents import State, Transition
from agents.networks.softmax import log_softmax
from agents.policy_gradient.prior import Prior, divergence

A, F = 4, 3
ORDER = [2, 0, 3, 1]
EXACT = {
    "normalise_features": False, "normalise_returns": False, "max_gradient_norm": 1e9,
    "precision": "float64", "optimiser": "sgd", "learning_rate": 0.1, "entropy_bonus": 0.0,
}  # fmt: skip


def make(**settings):
    return agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(3), **settings)


def decisions(n=20, seed=0):
    """Games of one decision each, with illegal actions."""
    rng = np.random.default_rng(seed)
    legal = rng.random((n, A)) < 0.6
    legal[np.arange(n), rng.integers(A, size=n)] = True
    states = [State(rng.standard_normal(F).astype(np.float32), 0, mask) for mask in legal]
    return [
        Transition(s, int(rng.choice(np.flatnonzero(s.action_mask))), rng.normal(), 0.0, s, True)
        for s in states
    ]


def of(steps):
    return (
        np.stack([step.state.features for step in steps]),
        np.stack([step.state.action_mask for step in steps]),
        np.array([step.action for step in steps]),
    )


def test_divergence_is_scipys_relative_entropy_and_its_gradient_the_slope():
    rng = np.random.default_rng(0)
    z, legal = rng.normal(size=(6, A)), np.ones((6, A), bool)
    legal[::2, 1] = False
    prior = log_softmax(rng.normal(size=(6, A)), legal)
    kl, slope = divergence(log_softmax(z, legal), prior)
    expected = [
        stats.entropy(np.exp(row), np.exp(p))
        for row, p in zip(log_softmax(z, legal), prior, strict=True)
    ]
    assert kl == pytest.approx(expected)
    found = numerical_gradient(lambda: divergence(log_softmax(z, legal), prior)[0].sum(), z.ravel())
    assert slope.ravel() == pytest.approx(found, abs=1e-8)
    assert (slope[~legal] == 0).all()


@pytest.mark.parametrize("kind", ["order", "first"])
def test_a_step_follows_the_gradient_of_the_rewards_less_the_penalty(kind):
    settings = {"prior": ORDER, "prior_kind": kind, "prior_strength": 1.5, "prior_weight": 0.7}
    agent, steps = make(hidden=(5,), **settings, **EXACT), decisions()
    x, legal, actions = of(steps)
    prior = log_softmax(Prior(ORDER, A, kind, 1.5).logits(legal), legal)
    advantage = np.array([step.reward for step in steps]) - valued(agent, x)
    advantage = (advantage - advantage.mean()) / advantage.std()

    def loss():
        z = agent.prior.added_to(agent.policy.predict(x), legal)
        logs = log_softmax(z, legal)
        kl = [stats.entropy(np.exp(p), np.exp(q)) for p, q in zip(logs, prior, strict=True)]
        return -(advantage * logs[np.arange(len(x)), actions]).mean() + 0.7 * np.mean(kl)

    agent.policy.parameters += 0.3 * np.random.default_rng(1).standard_normal(
        agent.policy.parameters.size
    )  # off the prior, where the penalty has a slope
    before, slopes = (
        agent.policy.parameters.copy(),
        numerical_gradient(loss, agent.policy.parameters),
    )
    expected = loss()
    metrics = agent.learn(steps)
    assert agent.policy.parameters == pytest.approx(before - 0.1 * slopes, abs=1e-7)
    assert metrics["loss"] - metrics["value_loss"] == pytest.approx(expected)


def test_the_penalty_alone_brings_the_policy_back_to_the_prior():
    agent = make(
        hidden=(), prior=ORDER, prior_kind="first", prior_weight=1e3, learning_rate=0.05,
        entropy_bonus=0.0, normalise_features=False,
    )  # fmt: skip
    agent.policy.parameters += (
        np.random.default_rng(0).standard_normal(agent.policy.parameters.size).astype(np.float32)
    )
    first = agent.learn(decisions(200))["prior_kl"]
    for seed in range(150):
        last = agent.learn(decisions(200, seed))["prior_kl"]
    assert last < first / 100


def test_first_prefers_what_a_fixed_order_does_and_ranks_the_rest():
    agent = make(prior=ORDER, prior_kind="first", prior_strength=3.0, normalise_features=False)
    fixed = agents.make("priority", A, 1, F, order=ORDER)
    for step in decisions():
        chances, legal = agent.action_probabilities(step.state), step.state.action_mask
        ranked = [action for action in ORDER if legal[action]]
        assert chances.argmax() == ranked[0] == fixed.act(step.state)
        ratios = np.log(chances[ranked[:-1]] / chances[ranked[1:]])
        assert ratios == pytest.approx(([3.0] + [0.5] * A)[: len(ratios)], abs=0.1)


def test_greedy_explores_in_training_alone():
    agent = make(prior=ORDER, prior_kind="first", prior_strength=1.0, greedy=True)
    state = decisions()[0].state
    assert sorted(agent.action_probabilities(state)) == [*[0.0] * (A - 1), 1.0]
    agent.exploring = True
    exploring = agent.action_probabilities(state)
    agent.exploring = False
    assert (exploring[state.action_mask] > 0).all()
    assert agent.action_probabilities(state).tolist() == [
        float(action == exploring.argmax()) for action in range(A)
    ]
    assert {agent.act(state) for _ in range(50)} == {int(exploring.argmax())}


def test_weights_halve_in_a_half_life_of_rounds():
    fading = make(hidden=(), learning_rate_half_life=2.0, prior=ORDER, prior_kind="first",
                  prior_weight=0.8, prior_half_life=1.0, **EXACT)  # fmt: skip
    steps = decisions()
    for expected_rate, expected_weight in ((0.1, 0.8), (0.1 / 2**0.5, 0.4), (0.05, 0.2)):
        same = make(hidden=(), prior=ORDER, prior_kind="first", prior_weight=expected_weight,
                    **EXACT | {"learning_rate": expected_rate})  # fmt: skip
        for name in ("policy", "critic"):
            getattr(same, name).parameters[:] = getattr(fading, name).parameters
        fading.learn(steps)
        same.learn(steps)
        assert fading.policy.parameters == pytest.approx(same.policy.parameters, abs=1e-12)
        assert fading.critic.parameters == pytest.approx(same.critic.parameters, abs=1e-12)


def test_the_critic_may_have_a_step_size_of_its_own():
    both, critics = make(**EXACT), make(**EXACT | {"critic_learning_rate": 0.01})
    before = {name: getattr(both, name).parameters.copy() for name in ("policy", "critic")}
    for agent in (both, critics):
        agent.learn(decisions())
    assert (both.policy.parameters == critics.policy.parameters).all()
    steps = [agent.critic.parameters - before["critic"] for agent in (both, critics)]
    assert steps[1] == pytest.approx(0.1 * steps[0], abs=1e-12)


def test_no_further_epochs_once_the_policy_has_moved_far():
    settings = {"clip": 0.2, "batch_size": 5, "learning_rate": 0.01}
    stopped, once, all_of_them = (
        make(epochs=5, max_kl=1e-9, **settings), make(epochs=1, **settings),
        make(epochs=5, max_kl=1e3, **settings),
    )  # fmt: skip
    for agent in (stopped, once, all_of_them):
        agent.learn(decisions())
    assert (stopped.policy.parameters == once.policy.parameters).all()
    assert (all_of_them.policy.parameters != once.policy.parameters).any()


def test_a_policy_that_has_moved_just_as_far_as_it_may_goes_on():
    settings = {"clip": 0.2, "learning_rate": 0.01}
    once, twice = make(epochs=1, **settings), make(epochs=2, **settings)
    kl = once.learn(decisions())["kl"]
    just = make(epochs=2, max_kl=kl, **settings)
    for agent in (twice, just):
        agent.learn(decisions())
    assert (just.policy.parameters == twice.policy.parameters).all()
    assert (just.policy.parameters != once.policy.parameters).any()


EVERYTHING = {
    "prior": ORDER, "prior_kind": "first", "prior_weight": 0.2, "prior_half_life": 3.0,
    "learning_rate_half_life": 2.0, "max_kl": 0.5, "clip": 0.2, "epochs": 2, "batch_size": 8,
}  # fmt: skip


def test_numpy_and_torch_learn_the_same_with_a_prior():
    pytest.importorskip("torch")
    ours, theirs = (make(backend=backend, **EVERYTHING) for backend in ("numpy", "torch"))
    for seed in range(3):
        for agent in (ours, theirs):
            agent.rng = np.random.default_rng(seed)
            agent.learn(decisions(seed=seed))
    assert theirs.policy.parameters == pytest.approx(ours.policy.parameters, abs=1e-5)


@pytest.mark.parametrize(
    "kept",
    [
        ("prior_half_life",),
        ("learning_rate_half_life",),
        ("prior_half_life", "learning_rate_half_life"),
    ],
)
def test_a_checkpoint_goes_on_fading(tmp_path, kept):
    stays = {"prior_half_life": None, "learning_rate_half_life": None}
    agent = make(**EVERYTHING | stays | {name: EVERYTHING[name] for name in kept})
    agent.learn(decisions())
    assert agent.rounds.tolist() == [1]
    agent.save(tmp_path)
    other = agents.load(tmp_path)
    for who in (agent, other):
        who.rng = np.random.default_rng(9)
        who.learn(decisions(seed=1))
    assert (agent.policy.parameters == other.policy.parameters).all()
