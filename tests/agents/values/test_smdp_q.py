"""n-step SMDP Q-learning: updates by hand, and a chain whose optimal values are known."""

import math

import numpy as np
import pytest

import agents
from agents import Diverged, State, Transition
from agents.values.smdp_q import MEANINGS, SmdpQ

LEGAL = np.ones(2, bool)


def make(n_features=1, n_actions=2, seed=0, **chosen):
    return agents.make(
        "smdp_q", n_actions, 1, n_features, rng=np.random.default_rng(seed), **chosen
    )


def state(*features, legal=LEGAL):
    return State(np.array(features, np.float32), 0, np.array(legal, bool))


def step(features, action, reward, discount, ahead, *, last=False, legal=LEGAL):
    """A decision; `legal` is the mask of the state that it leads to."""
    return Transition(state(*features), action, reward, discount, state(*ahead, legal=legal), last)


# A chain of three states. COIN pays 0.3 and ends the game. GO takes two keystrokes to the next
# state and pays 1 at the end of the chain. At γ = 0.9 a later value is worth 0.9² = 0.81 of itself.
COIN, GO = 0, 1
LENGTH, AHEAD = 3, 0.81
OPTIMAL = np.array([[0.3, 0.6561], [0.3, 0.81], [0.3, 1.0]])  # Q*(s, a), by hand


def place(s):
    return state(*np.eye(LENGTH)[s])


def play(agent, games):
    """The chain, played by an agent; those that learn online learn."""
    steps = []
    for _ in range(games):
        s, over = 0, False
        while not over:
            action = agent.act(place(s))
            over = action == COIN or s == LENGTH - 1
            ahead, reward = min(s + 1, LENGTH - 1), {COIN: 0.3, GO: float(over)}[action]
            steps.append(
                Transition(place(s), action, reward, 0.0 if over else AHEAD, place(ahead), over)
            )
            if agent.learns_online:
                agent.learn(steps[-1:])
            s = ahead
    return steps


def learned(games=20, rounds=40, **chosen):
    agent = make(LENGTH, **chosen)
    for _ in range(rounds):
        agent.learn(play(agent, games))
    return agent


def value_iteration():
    values = np.zeros((LENGTH, 2))
    for _ in range(LENGTH):
        ahead = np.append(values.max(axis=1)[1:], 0.0)
        values = np.stack([np.full(LENGTH, 0.3), AHEAD * ahead], axis=1)
        values[-1, GO] = 1.0
    return values


def values_of(agent):
    return np.stack([agent.estimates(place(s)) for s in range(LENGTH)])


def test_the_chains_values_by_hand_are_those_of_value_iteration():
    assert value_iteration() == pytest.approx(OPTIMAL)


def test_one_step_q_learning_finds_the_optimal_values_of_the_chain():
    agent = learned(n_steps=1, step_size=0.5, epsilon=0.5)
    assert values_of(agent) == pytest.approx(OPTIMAL, abs=1e-6)


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_it_learns_a_plan_of_three_steps_which_no_bandit_does(n):
    agent = learned(n_steps=n, step_size=0.1, epsilon=0.3)
    assert (values_of(agent).argmax(axis=1) == GO).all()
    for name, chosen in (("linucb", {}), ("epsilon_greedy", {"context": "situation"})):
        bandit = agents.make(name, 2, 1, LENGTH, rng=np.random.default_rng(0), **chosen)
        play(bandit, 200)
        # what is paid at once is all that a bandit sees
        assert bandit.estimates(place(0)).argmax() == COIN


def test_more_than_one_step_is_biased_by_exploration_and_no_more():
    """From state 0 on, n = 3 never bootstraps: Q(0, GO) is the value of ε-greedy play."""
    agent = learned(n_steps=3, step_size=0.01, epsilon=0.4, rounds=100)
    # GO with probability 0.8, then COIN 0.2: v₂ = 0.8 + 0.2·0.3; v₁ = 0.8·0.81 v₂ + 0.2·0.3
    v2 = 0.8 * 1.0 + 0.2 * 0.3
    v1 = 0.8 * AHEAD * v2 + 0.2 * 0.3
    assert values_of(agent)[:, GO] == pytest.approx([AHEAD * v1, AHEAD * v2, 1.0], abs=0.03)
    assert values_of(agent)[:, COIN] == pytest.approx(0.3, abs=0.02)


def test_a_reward_reaches_n_decisions_back_in_the_first_game():
    game = [
        Transition(place(0), GO, 0.0, AHEAD, place(1), False),
        Transition(place(1), GO, 0.0, AHEAD, place(2), False),
        Transition(place(2), GO, 1.0, 0.0, place(2), True),
    ]
    for n, first in ((1, 0.0), (2, 0.0), (3, 0.6561)):
        agent = make(LENGTH, n_steps=n, step_size=1.0)
        agent.learn(game)
        # state 0 has the error G and |x|² = 2: half of it goes to the weight that is its own
        assert agent.weights[GO, 1] == pytest.approx(first / 2)
        assert not agent.weights[COIN].any()


def test_updates_are_those_computed_by_hand():
    """x = (1, 1), (1, 3), (1, 2); one action is illegal in the state that is bootstrapped from."""
    agent = make(n_steps=2, step_size=0.5)
    agent.weights[...] = [[1.0, 1.0], [0.0, 5.0]]
    game = [
        step([1.0], 0, 2.0, 0.5, [3.0]),
        step([3.0], 1, 4.0, 0.25, [2.0], legal=[True, False], last=True),  # truncated
    ]
    metrics = agent.learn(game)
    # t = 0: G = 2 + 4/2 + 1/8 · Q((1, 2), 0) = 4 + 3/8; Q = 2; error 2.375; w₀ += 2.375/4 · (1, 1)
    # t = 1: G = 4 + 1/4 · Q((1, 2), 0) with w₀ = (1.59375, 1.59375): 4 + 4.78125 / 4 = 5.1953125
    #        Q = 15; error -9.8046875; w₁ += -9.8046875 / 20 · (1, 3)
    assert agent.weights[0].tolist() == [1.59375, 1.59375]
    assert agent.weights[1] == pytest.approx([-0.490234375, 5 - 1.470703125])
    errors = [2.375, -9.8046875]
    assert metrics == pytest.approx({
        "td_error": math.sqrt((errors[0] ** 2 + errors[1] ** 2) / 2),
        "td_bias": sum(errors) / 2, "target": (4.375 + 5.1953125) / 2, "epsilon": 0.1,
    })  # fmt: skip
    assert agent.counts(game[0].state).tolist() == [1, 1]


def test_what_comes_after_a_termination_has_no_value():
    agent = make(n_steps=5, step_size=1.0)
    agent.weights[...] = 100.0
    after = State(np.full(1, np.nan, np.float32), 0, np.zeros(2, bool))  # not to be looked at
    agent.learn([Transition(state(1.0), 0, 2.0, 0.0, after, True)])
    assert agent.estimates(state(1.0)) == pytest.approx([2.0, 200.0])


def test_games_of_a_round_do_not_flow_into_each_other():
    games = [step([1.0], 0, 1.0, 0.0, [1.0], last=True), step([1.0], 1, 8.0, 0.0, [1.0], last=True)]
    agent = make(n_steps=5, step_size=1.0)
    agent.learn(games)
    assert agent.estimates(state(1.0)) == pytest.approx([1.0, 8.0])


def noisy_round(agent, world, scale):
    states = [state(*world.random(2), legal=[True, world.random() < 0.7]) for _ in range(61)]
    steps = []
    for t, seen in enumerate(states[:-1]):
        action, last = agent.act(seen), t % 20 == 19
        reward = scale * (action + float(world.normal()))
        discount = (0.0 if t == 19 else 0.9) if last else 0.9
        steps.append(Transition(seen, action, reward, discount, states[t + 1], last))
    return steps


@pytest.mark.parametrize("exponent", [-40, -10, 20])
def test_rewards_times_a_power_of_two_give_the_same_choices_and_scaled_values(exponent):
    """Floating-point numbers scale by powers of two exactly, so nothing else may differ."""
    found = []
    for scale in (1.0, 2.0**exponent):
        agent, world, metrics = make(2), np.random.default_rng(2), {}
        for _ in range(5):
            steps = noisy_round(agent, world, scale)
            metrics = agent.learn(steps)
        found.append((agent.weights / scale, [s.action for s in steps], metrics, scale))
    (one, chosen, told, _), (other, chosen_too, told_too, scale) = found
    assert (one == other).all() and chosen == chosen_too
    assert all(scale * told[name] == told_too[name] for name in ("td_bias", "target"))
    assert scale * told["td_error"] == pytest.approx(told_too["td_error"])


def test_a_step_corrects_the_same_share_of_an_error_at_every_scale_of_features():
    for feature in (0.0, 1e-3, 1.0, 1e3, 1e15):
        agent = make(step_size=0.25)
        agent.learn([step([feature], 0, 8.0, 0.0, [0.0], last=True)])
        assert agent.estimates(state(feature))[0] == pytest.approx(2.0)


def test_choices_are_epsilon_greedy_among_legal_actions():
    agent = make(n_actions=4, epsilon=0.2)
    agent.weights[:, 0] = [1.0, 9.0, 3.0, 3.0]
    seen = state(0.0, legal=[True, False, True, True])
    # ε/3 on each legal action, and half of 1 - ε on both that are best
    expected = [0.2 / 3, 0.0, 0.2 / 3 + 0.4, 0.2 / 3 + 0.4]
    assert agent.action_probabilities(seen) == pytest.approx(expected)
    drawn = np.bincount([agent.act(seen) for _ in range(6000)], minlength=4) / 6000
    assert drawn == pytest.approx(expected, abs=4 * math.sqrt(0.25 / 6000))
    assert agent.estimates(seen).tolist() == [1.0, 9.0, 3.0, 3.0]


def test_epsilon_falls_with_the_decisions_learned_from():
    agent = make(epsilon=0.9, final_epsilon=0.1, decay_decisions=4)
    seen = []
    for _ in range(6):
        seen.append(agent.current_epsilon())
        agent.learn([step([0.0], 0, 0.0, 0.0, [0.0], last=True)])
    assert seen == pytest.approx([0.9, 0.7, 0.5, 0.3, 0.1, 0.1])
    with pytest.raises(ValueError, match="final_epsilon and decay_decisions must be given"):
        make(final_epsilon=0.1)


def test_every_metric_has_a_meaning_and_no_decisions_have_none():
    agent = make()
    assert agent.learn([]) == {}
    assert set(agent.learn([step([0.0], 0, 1.0, 0.9, [0.0])])) == set(MEANINGS)


def test_a_loaded_agent_goes_on_with_the_same_values(tmp_path):
    agent = learned(rounds=2, epsilon=0.9, final_epsilon=0.1, decay_decisions=500)
    agent.save(tmp_path)
    loaded = agents.load(tmp_path)
    assert loaded.header == agent.header
    more = play(agent, 5)
    assert loaded.learn(more) == agent.learn(more)
    assert (loaded.weights == agent.weights).all() and (loaded.taken == agent.taken).all()


@pytest.mark.parametrize("feature, reward", [(np.nan, 1.0), (np.inf, 1.0), (0.0, 1.7e308)])
def test_what_would_spoil_the_weights_is_refused_and_nothing_is_learned(feature, reward):
    agent = make()
    good = step([1.0], 0, 1.0, 0.9, [1.0])
    agent.learn([good])
    before = agent.weights.copy()
    bad = [step([feature], 1, reward, 0.9, [0.0]), step([0.0], 1, reward, 0.0, [0.0], last=True)]
    with pytest.raises(Diverged, match=r"NaN or infinite.*agent\.step_size = 0\.05.*env\.reward"):
        agent.learn([good, *bad])
    assert (agent.weights == before).all() and agent.counts(good.state).tolist() == [1, 0]


def test_weights_that_overflow_are_refused_and_so_are_metrics():
    most = 1.7e308
    agent = make(step_size=1.0)
    agent.weights[0] = [most, -most]
    with pytest.raises(Diverged):  # Q(s, 0) is 0, and half of the error would be added to `most`
        agent.learn([step([1.0], 0, most, 0.0, [1.0], last=True)])
    two = [step([1.0], 1, most, 0.0, [1.0], last=True)] * 2  # fit the weights; their sum overflows
    with pytest.raises(Diverged):
        agent.learn(two)


def test_without_features_it_keeps_one_value_for_each_action():
    agent = SmdpQ(3)
    assert agent.weights.shape == (3, 1) and agent.header.n_contexts == 1
    seen = State(np.zeros(0, np.float32), 0, np.ones(3, bool))
    assert agent.act(seen) in range(3)
    assert agent.estimates(seen).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("name", "value"),
    [("n_steps", 0), ("n_steps", 2.5), ("step_size", 0.0), ("step_size", 1.5),
     ("step_size", math.nan), ("epsilon", -0.1), ("epsilon", math.inf)],
)  # fmt: skip
def test_a_setting_that_makes_no_sense_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} must be"):
        make(**{name: value})
