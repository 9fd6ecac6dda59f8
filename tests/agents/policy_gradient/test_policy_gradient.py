"""Policy gradient: its gradient is the derived one, its learning exact, its limits kept."""

import copy
import pickle

import numpy as np
import pytest
from helpers.differences import numerical_gradient
from helpers.values import valued

import agents
from agents import Diverged, State, Transition, checkpoint
from agents.networks.mlp import MLP
from agents.networks.softmax import log_softmax, softmax
from agents.policy_gradient.agent import PolicyGradient
from agents.policy_gradient.surrogate import clipped_weight

A, F = 4, 3
PLAIN = {"normalise_features": False, "normalise_returns": False, "max_gradient_norm": 1e9}
EXACT = PLAIN | {"precision": "float64", "optimiser": "sgd", "learning_rate": 0.1}


def make(**settings):
    return agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(3), **settings)


def game(rng, length=12, legal=None, reward=None):
    """A game of random states and actions; it ends in death."""
    states = []
    for _ in range(length + 1):
        mask = rng.random(A) < 0.6 if legal is None else legal.copy()
        mask[rng.integers(A)] |= legal is None
        states.append(State(rng.standard_normal(F).astype(np.float32), 0, mask))
    steps = []
    for t in range(length):
        action = int(rng.choice(np.flatnonzero(states[t].action_mask)))
        last = t == length - 1
        gain = float(rng.standard_normal()) if reward is None else reward(states[t], action)
        discount = 0.0 if last else 0.99 ** int(rng.integers(1, 20))
        steps.append(Transition(states[t], action, gain, discount, states[t + 1], last))
    return steps


def games(n=3, seed=0, **kwargs):
    rng = np.random.default_rng(seed)
    return [step for _ in range(n) for step in game(rng, **kwargs)]


def objective(agent, steps, advantage, entropy_bonus):
    """-1/N Σ (A log π(a|s) + β H(π(.|s))): what a step of REINFORCE descends."""
    x = np.stack([step.state.features for step in steps])
    legal = np.stack([step.state.action_mask for step in steps])
    logs = log_softmax(agent.policy.predict(x), legal)
    chosen = logs[np.arange(len(steps)), [step.action for step in steps]]
    entropy = -(np.exp(logs) * np.where(legal, logs, 0)).sum(axis=1)
    return -(advantage * chosen + entropy_bonus * entropy).mean()


@pytest.mark.parametrize("entropy_bonus", [0.0, 0.5])
def test_a_step_follows_the_gradient_of_advantage_times_log_probability_plus_entropy(entropy_bonus):
    agent, steps = make(hidden=(5,), entropy_bonus=entropy_bonus, **EXACT), games()
    values = valued(agent, np.stack([step.state.features for step in steps]))
    returns, ahead = np.empty(len(steps)), 0.0
    for t in reversed(range(len(steps))):
        returns[t] = ahead = steps[t].reward + steps[t].discount * ahead
    advantage = returns - values
    advantage = (advantage - advantage.mean()) / advantage.std()
    slopes = numerical_gradient(
        lambda: objective(agent, steps, advantage, entropy_bonus), agent.policy.parameters
    )
    before = agent.policy.parameters.copy()
    agent.learn(steps)
    assert agent.policy.parameters == pytest.approx(before - 0.1 * slopes, abs=1e-7)


def test_the_critic_steps_towards_the_returns():
    agent, steps = make(hidden=(5,), **EXACT), games()
    goals = valued(agent, np.stack([s.state.features for s in steps]))  # shape of the returns
    ahead = 0.0
    for t in reversed(range(len(steps))):
        goals[t] = ahead = steps[t].reward + steps[t].discount * ahead

    def loss():
        x = np.stack([s.state.features for s in steps])
        return ((agent.critic.predict(x)[:, 0] - goals) ** 2).mean()

    slopes = numerical_gradient(loss, agent.critic.parameters)
    before = agent.critic.parameters.copy()
    agent.learn(steps)
    assert agent.critic.parameters == pytest.approx(before - 0.1 * slopes, abs=1e-7)


@pytest.mark.parametrize("advantage", [-2.0, 3.0])
@pytest.mark.parametrize("ratio", [0.5, 0.85, 1.0, 1.15, 2.0])
def test_clipped_weight_is_the_slope_of_ppos_surrogate(advantage, ratio):
    def surrogate(log_ratio):
        rho = np.exp(log_ratio)
        return min(rho * advantage, np.clip(rho, 0.8, 1.2) * advantage)

    slope = (surrogate(np.log(ratio) + 1e-6) - surrogate(np.log(ratio) - 1e-6)) / 2e-6
    found = clipped_weight(np.array([advantage]), np.array([ratio]), 0.2)
    assert found == pytest.approx([slope], abs=1e-5)


@pytest.mark.parametrize("settings", [{}, {"clip": 0.2, "epochs": 3, "gae_lambda": 0.9}])
def test_illegal_actions_have_probability_and_gradient_exactly_0(settings):
    agent = make(hidden=(6,), batch_size=8, **settings)
    legal = np.array([True, False, True, True])
    w, b = agent.policy.layers[-1]
    before = w[:, 1].copy(), b[1]
    steps = games(legal=legal)
    agent.learn(steps)
    assert agent.action_probabilities(steps[0].state)[1] == 0
    assert (w[:, 1] == before[0]).all() and b[1] == before[1]
    assert (w[:, 0] != agent.policy.layers[-1][0][:, 1]).any()


def test_the_first_policy_is_nearly_uniform_over_legal_actions():
    state = State(np.ones(F, np.float32), 0, np.array([True, True, False, True]))
    assert make().action_probabilities(state) == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3], abs=0.02)


@pytest.mark.parametrize("hidden", [(), (5, 6), (5, 2)])
def test_the_last_layers_begin_small_or_at_0_and_all_others_as_networks_do(hidden):
    agent, rng = make(hidden=hidden, activation="tanh"), np.random.default_rng(3)
    for network, n_outputs, last in ((agent.policy, A, 0.01), (agent.critic, 1, 0.0)):
        drawn = MLP((F, *hidden, n_outputs), "tanh", rng=rng)
        drawn.layers[-1][0][:] *= last
        assert network.parameters == pytest.approx(drawn.parameters)


def test_what_rounding_leaves_of_a_draw_goes_to_the_last_action_that_is_possible(monkeypatch):
    class Drawn:
        def random(self):
            return np.nextafter(1.0, 0.0)

    agent = make()
    agent.rng = Drawn()
    for last in (0.399, 0.4, 0.4 + 1e-9):
        chances = np.array([0.3, 0.3, last, 0.0])
        monkeypatch.setattr(agent, "action_probabilities", lambda _, chances=chances: chances)
        assert agent.act(None) == 2


def test_act_draws_from_the_stated_probabilities():
    agent = make(learning_rate=0.05)
    for seed in range(5):
        agent.learn(games(seed=seed))
    state = State(np.array([1, -1, 0.5], np.float32), 0, np.array([True, False, True, True]))
    drawn = np.bincount([agent.act(state) for _ in range(20_000)], minlength=A) / 20_000
    assert drawn == pytest.approx(agent.action_probabilities(state), abs=0.015)


@pytest.mark.parametrize(
    "settings",
    [{}, {"clip": 0.2, "epochs": 4, "gae_lambda": 0.95}],
    ids=["reinforce", "ppo"],
)
def test_it_learns_which_action_pays_in_which_state(settings):
    agent = make(hidden=(16,), learning_rate=0.01, batch_size=32, **settings)

    def pays(state, action):
        return float(action == (0 if state.features[0] > 0 else 2))

    for seed in range(60):
        agent.learn(games(n=8, seed=seed, legal=np.ones(A, bool), reward=pays))
    for sign, best in ((1, 0), (-1, 2)):
        state = State(np.array([sign, 0, 0], np.float32), 0, np.ones(A, bool))
        assert agent.action_probabilities(state)[best] > 0.9


def test_numpy_and_torch_learn_the_same():
    pytest.importorskip("torch")
    ours, theirs = (
        make(backend=backend, clip=0.2, epochs=2, batch_size=16) for backend in ("numpy", "torch")
    )
    for seed in range(3):
        for agent in (ours, theirs):
            agent.rng = np.random.default_rng(seed)
            agent.learn(games(seed=seed))
    for name in ("policy", "critic"):
        found = getattr(theirs, name).parameters
        assert found == pytest.approx(getattr(ours, name).parameters, abs=1e-5)
    state = games()[0].state
    assert theirs.action_probabilities(state) == pytest.approx(
        ours.action_probabilities(state), abs=1e-5
    )


@pytest.mark.parametrize("backend", ["numpy", "torch"])
@pytest.mark.parametrize("copier", ["checkpoint", "pickle", "deepcopy"])
def test_a_copy_goes_on_learning_with_the_same_bits(tmp_path, backend, copier):
    if backend == "torch":
        pytest.importorskip("torch")
    agent = make(backend=backend, batch_size=16)
    agent.learn(games(seed=1))
    agent.save(tmp_path)
    copies = {
        "checkpoint": lambda: agents.load(tmp_path),
        "pickle": lambda: pickle.loads(pickle.dumps(agent)),
        "deepcopy": lambda: copy.deepcopy(agent),
    }
    other = copies[copier]()
    for who in (agent, other):
        who.rng = np.random.default_rng(9)
        who.learn(games(seed=2))
    for name in ("policy", "critic"):
        assert (getattr(agent, name).parameters == getattr(other, name).parameters).all()
    state = games()[0].state
    assert (agent.action_probabilities(state) == other.action_probabilities(state)).all()


def test_new_statistics_of_returns_leave_the_values_as_they_were():
    agent = make()
    agent.learn(games(seed=1))
    x = np.stack([step.state.features for step in games(seed=2)])
    before = valued(agent, x)
    agent._rescale_returns(np.random.default_rng(0).normal(500, 80, 200))
    assert valued(agent, x) == pytest.approx(before, rel=1e-3, abs=1e-3)
    assert agent.returns.std[0] > 50


def test_masked_features_make_no_difference():
    agent = make(masked_features=[1])
    agent.learn(games(seed=1))
    legal = np.ones(A, bool)
    one, two = (State(np.array([0.3, v, -1], np.float32), 0, legal) for v in (-5.0, 5.0))
    assert (agent.action_probabilities(one) == agent.action_probabilities(two)).all()


def test_networks_that_see_nothing_have_one_policy_for_all_states():
    agent = make(masked_features=list(range(F)))
    agent.learn(games())
    one, two = (State(np.full(F, v, np.float32), 0, np.ones(A, bool)) for v in (-1.0, 1.0))
    assert (agent.action_probabilities(one) == agent.action_probabilities(two)).all()


def test_a_policy_that_is_no_number_chooses_nothing_and_names_the_likely_setting():
    agent = make()
    agent.policy.parameters[:] = np.nan
    with pytest.raises(Diverged, match=r"probabilities are NaN.* agent\.learning_rate"):
        agent.act(games()[0].state)


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
@pytest.mark.parametrize("name", ["policy", "critic"])
def test_a_weight_that_is_no_number_is_told_at_the_end_of_the_round(monkeypatch, name):
    agent = make()
    spoil = getattr(agent, name).parameters.fill
    monkeypatch.setattr(getattr(agent, f"{name}_optimiser"), "step", lambda gradient: spoil(np.inf))
    with pytest.raises(Diverged, match="a weight is NaN or infinite"):
        agent.learn(games())


def test_features_that_are_taken_as_they_are_are_not_counted():
    agent = make(normalise_features=False)
    agent.learn(games())
    assert agent.features.count.tolist() == [0]
    far, farther = np.full((1, F), 100.0), np.full((1, F), 200.0)
    agent = make(hidden=(), **EXACT)
    agent.learn(games())
    assert valued(agent, farther) - valued(agent, far) == pytest.approx(
        100 * agent.critic.parameters[:F].sum()
    )


def test_a_checkpoint_holds_what_the_settings_ask_for(tmp_path):
    make().save(tmp_path / "plain")
    make(lesson_memory=2, prior_half_life=2.0).save(tmp_path / "more")
    plain, more = (set(checkpoint.load(tmp_path / name)[1]) for name in ("plain", "more"))
    lessons = {f"lessons.{name}" for name in ("features", "targets", "legal", "count")}
    assert more - plain == lessons | {"rounds"}


def test_learning_from_nothing_changes_nothing():
    agent = make()
    before = agent.policy.parameters.copy()
    agent.learn([])
    assert (agent.policy.parameters == before).all()


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value", "ignore:divide by zero")
def test_a_loss_that_is_no_number_names_the_likely_setting():
    agent = make(
        learning_rate=10.0, optimiser="sgd", activation="relu", max_gradient_norm=1e9, epochs=100
    )
    with pytest.raises(Diverged, match=r"agent\.learning_rate = 10\.0 is likely too high"):
        agent.learn(games())
    steps = games()
    infinite = Transition(steps[0].state, steps[0].action, np.inf, 0.9, steps[0].next_state, False)
    with pytest.raises(Diverged, match=r"look at env\.reward"):
        make().learn([infinite, *steps])


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        ("learning_rate", 0.0, "learning_rate must be above 0"),
        ("gae_lambda", 1.5, "gae_lambda must be from 0 up to 1"),
        ("clip", 0.0, "clip must be above 0"),
        ("epochs", 0, "epochs must be from 1 up to 1000, got 0"),
        ("batch_size", 0, "batch_size must be from 1"),
        ("hidden", [8, 0], r"hidden\[1\] must be from 1"),
        ("backend", "tourch", "did you mean 'torch'"),
        ("masked_features", [3], "from 0 to 2"),
    ],
)
def test_a_setting_out_of_range_is_an_error_that_names_it(setting, value, problem):
    with pytest.raises(ValueError, match=problem):
        make(**{setting: value})


def test_a_network_without_hidden_layers_is_a_linear_policy():
    agent = make(hidden=())
    agent.learn(games())
    x = games()[0].state
    z = agent.features.apply(x.features) @ agent.policy.layers[0][0] + agent.policy.layers[0][1]
    assert agent.action_probabilities(x) == pytest.approx(softmax(z, x.action_mask), abs=1e-6)


def test_it_is_the_registered_agent():
    assert agents.REGISTRY["policy_gradient"] is PolicyGradient


@pytest.mark.parametrize("backend", ["numpy", "torch"])
def test_a_prior_begins_as_a_soft_fixed_order(backend):
    if backend == "torch":
        pytest.importorskip("torch")
    agent = make(backend=backend, prior=[2, 0], prior_strength=3.0)
    state = State(np.zeros(F, np.float32), 0, np.array([True, True, False, True]))
    chances = agent.action_probabilities(state)
    assert chances.argsort()[::-1][:3].tolist() == [0, 1, 3]  # those left out come in their order
    assert chances[0] / chances[1] == pytest.approx(np.exp(3), rel=0.1)
    assert chances[2] == 0


def test_a_prior_names_each_action_once():
    with pytest.raises(ValueError, match="at most once"):
        make(prior=[1, 1])


def test_a_prior_can_be_unlearned():
    agent = make(prior=[0, 1, 2, 3], prior_strength=1.0, learning_rate=0.05, entropy_bonus=0.0)
    rng = np.random.default_rng(0)
    legal = np.ones(A, bool)
    for _ in range(60):
        agent.learn(game(rng, 64, legal, reward=lambda state, action: float(action == 3)))
    state = State(np.zeros(F, np.float32), 0, legal)
    assert agent.action_probabilities(state)[3] > 0.6
