"""The amended order: the order at first, and something else only where it was shown to pay."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agents
from agents import State, Transition
from agents.amended.agent import MEANINGS
from agents.amended.value import RIDGE, LinearValue

A, C, F = 4, 2, 3
ORDER = [2, 0, 3, 1]
ALL = np.ones(A, bool)


def make(**chosen):
    return agents.make("amended", A, C, F, rng=np.random.default_rng(3), order=ORDER, **chosen)


def state(context=0, features=(0.5, 0.0, 1.0), legal=ALL):
    return State(np.array(features, np.float32), context, np.array(legal, bool))


def play(agent, reward, games=20, length=10, seed=0, discount=1.0):
    """Games in which the exploring agent acts; the reward is a function of (context, action)."""
    rng, steps = np.random.default_rng(seed), []
    agent.rng, agent.exploring = rng, True
    for _ in range(games):
        seen = [state(int(rng.integers(C)), rng.random(F)) for _ in range(length + 1)]
        for t in range(length):
            action, last = agent.act(seen[t]), t == length - 1
            gain = reward(seen[t].context, action) + 0.1 * rng.normal()
            steps.append(
                Transition(seen[t], action, gain, 0.0 if last else discount, seen[t + 1], last)
            )
    agent.exploring = False
    return steps


@given(st.lists(st.booleans(), min_size=A, max_size=A).filter(any))
@settings(deadline=None, max_examples=30)
def test_it_begins_as_the_order(legal):
    ours, fixed = make(), agents.make("priority", A, C, F, order=ORDER)
    seen = state(legal=legal)
    assert ours.act(seen) == fixed.act(seen)
    assert (ours.action_probabilities(seen) == fixed.action_probabilities(seen)).all()


def test_in_training_it_tries_every_legal_action():
    agent = make(strength=2.0)
    agent.exploring = True
    chances = agent.action_probabilities(state(legal=[1, 1, 1, 0]))
    # the order's action, then e² times less, then √e times less again
    expected = np.array([np.exp(-2.0), np.exp(-2.5), 1.0, 0.0])
    assert chances == pytest.approx(expected / expected.sum())
    drawn = np.bincount([agent.act(state()) for _ in range(4000)], minlength=A) / 4000
    assert drawn == pytest.approx(agent.action_probabilities(state()), abs=0.03)


def test_it_leaves_the_order_where_another_action_pays_and_nowhere_else():
    agent = make(strength=1.0, caution=2.0, spread=5.0, context_spread=5.0)

    def reward(context, action):  # in context 1 action 3 pays; elsewhere the order's, 2
        return float(action == (3 if context else 2))

    for seed in range(4):
        metrics = agent.learn(play(agent, reward, seed=seed, discount=0.0))
    assert [agent.act(state(context)) for context in range(C)] == [2, 3]
    assert agent.act(state(1, legal=[1, 1, 1, 0])) == 2  # what pays is illegal
    assert set(metrics) == set(MEANINGS)
    assert 0.3 < metrics["amended"] < 0.7 and 0.1 < metrics["tried"] < 0.9
    assert metrics["amendments"] == 1  # action 3 over 2, in context 1
    values = agent.estimates(state(1))
    assert values.argmax() == 3 and values[3] - values[2] == pytest.approx(1, abs=0.2)


def test_where_nothing_differs_it_stays_with_the_order():
    stays = []
    for seed in range(8):
        agent = make(strength=1.0, caution=2.0)
        agent.learn(play(agent, lambda context, action: 0.0, seed=seed))
        stays += [agent.act(state(context)) == 2 for context in range(C)]
    assert np.mean(stays) > 0.8


def test_the_order_is_left_only_where_a_feature_says_that_it_may_be():
    agent = make(strength=0.5, where=[1])
    for seed in range(4):
        agent.learn(play(agent, lambda context, action: float(action == 3), seed=seed))
    agent.exploring = True
    calm, danger = state(features=(1, 0, 1)), state(features=(0, 0.1, 0))
    assert agent.action_probabilities(calm).tolist() == [0, 0, 1, 0]
    assert agent.action_probabilities(danger).argmax() == 3
    make(where=[0, 1, 2])
    with pytest.raises(ValueError, match="from 0 to 2"):
        make(where=[3])


def test_what_was_shown_to_be_worse_is_not_tried_any_more():
    agent = make(strength=0.5)
    for seed in range(4):
        agent.learn(play(agent, lambda context, action: -float(action == 0), seed=seed))
    agent.exploring = True
    chances = agent.action_probabilities(state())
    assert chances[0] == 0 and (chances[[1, 2, 3]] > 0).all()


def test_a_copy_goes_on_with_the_same_bits(tmp_path):
    agent = make(strength=1.0)
    agent.learn(play(agent, lambda context, action: float(action == 3)))
    agent.save(tmp_path)
    other = agents.load(tmp_path)
    assert (agent.estimates(state()) == other.estimates(state())).all()
    more = play(agent, lambda context, action: float(action == 3), seed=5)
    for who in (agent, other):
        who.learn(more)
    assert (agent.ledger.taken.total == other.ledger.taken.total).all()
    assert (agent.estimates(state()) == other.estimates(state())).all()


def test_what_rounding_leaves_of_a_draw_goes_to_the_last_action_that_is_possible(monkeypatch):
    agent = make()
    monkeypatch.setattr(agent, "action_probabilities", lambda _: np.array([0.3, 0.3, 0.399, 0.0]))
    agent.rng = Drawn(0.9999)
    assert agent.act(state()) == 2


class Drawn:
    """A generator that draws one number."""

    def __init__(self, number):
        self.number = number

    def random(self):
        return self.number


def test_without_a_game_there_is_nothing_to_learn():
    assert make().learn([]) == {}


def games_of(lengths, seed=0):
    """Games of the order's first action, of some lengths; the last one breaks off."""
    rng, games = np.random.default_rng(seed), []
    for n, length in enumerate(lengths):
        seen = [state(0, rng.random(F)) for _ in range(length + 1)]
        whole = n < len(lengths) - 1
        games.append([
            Transition(seen[t], ORDER[0], float(rng.normal()),
                       0.0 if whole and t == length - 1 else 0.9, seen[t + 1],
                       whole and t == length - 1)
            for t in range(length)
        ])  # fmt: skip
    return games


def test_a_game_is_judged_by_a_value_that_has_seen_every_second_game_but_not_this_one():
    """With λ = 1 an advantage is the return, continued by V where a game breaks off, less V."""
    games = games_of([2, 3, 1, 4, 3])
    agent = make(gae_lambda=1.0)
    metrics = agent.learn([step for game in games for step in game])

    def returns(game, end):
        found = [end]
        for step in reversed(game):
            found.append(step.reward + step.discount * found[-1])
        return np.array(found[:0:-1])

    def features(game):
        return np.stack([step.state.features for step in game])

    seen = [(features(game), returns(game, 0.0)) for game in games]
    expected = []
    for n, game in enumerate(games):
        others = LinearValue(F).with_games([seen[m] for m in range(len(games)) if (n - m) % 2])
        end = others.of(game[-1].next_state.features)
        expected += (returns(game, end) - others.of(features(game))).tolist()
    assert agent.ledger.kept.total[0, ORDER[0], 1] == pytest.approx(sum(expected))
    assert agent.ledger.kept.squares[0, ORDER[0], 1] == pytest.approx(np.sum(np.square(expected)))
    assert metrics["advantage_deviation"] == pytest.approx(np.std(expected))
    assert metrics["tried"] == 0
    probe = np.random.default_rng(9).random((5, F))
    assert agent.values.of(probe) == pytest.approx(LinearValue(F).with_games(seen).of(probe))


def test_the_value_is_ridge_regression_with_each_game_alike():
    rng = np.random.default_rng(0)
    games = [(rng.random((n, F)), rng.random(n)) for n in (3, 10, 1)]
    values = LinearValue(F).with_games(games)
    x = np.concatenate([np.column_stack([f, np.ones(len(f))]) / len(f) ** 0.5 for f, _ in games])
    y = np.concatenate([returns / len(returns) ** 0.5 for _, returns in games])
    rows = np.concatenate([x, RIDGE**0.5 * np.eye(F + 1)])  # the ridge as further data
    weights = np.linalg.lstsq(rows, np.concatenate([y, np.zeros(F + 1)]), rcond=None)[0]
    probe = rng.random((5, F))
    assert values.of(probe) == pytest.approx(np.column_stack([probe, np.ones(5)]) @ weights)


def test_a_value_with_more_games_has_seen_all_of_them_and_the_first_one_stays_as_it_was():
    rng = np.random.default_rng(0)
    games = [(rng.random((n, F)), rng.random(n)) for n in (3, 10)]
    first = LinearValue(F).with_games(games[:1])
    gram, moment = first.gram.copy(), first.moment.copy()
    probe = rng.random((5, F))
    assert first.with_games(games[1:]).of(probe) == pytest.approx(
        LinearValue(F).with_games(games).of(probe)
    )
    assert (first.gram == gram).all() and (first.moment == moment).all()


def test_a_truncated_game_is_worth_what_would_have_come():
    """Reward 1 at every decision, for ever: V = 1 / (1 - γ), however soon games are cut off."""
    agent, here, γ = make(), state(features=(0.0, 0.0, 0.0)), 0.9
    game = [Transition(here, 2, 1.0, γ, here, t == 9) for t in range(10)]
    for _ in range(200):
        agent.learn(game * 5)
    assert agent.values.of(here.features) == pytest.approx(1 / (1 - γ), rel=0.1)


def test_what_is_explained_is_of_the_returns():
    """1 - Var(returns - V) / Var(returns), whatever λ is."""
    alike = []
    for gae_lambda in (0.0, 0.9, 1.0):
        agent = make(gae_lambda=gae_lambda)
        agent.learn(play(agent, lambda c, a: float(c), seed=1))
        alike.append(agent.learn(play(make(), lambda c, a: float(c), seed=2)))
    assert len({round(told["explained_variance"], 12) for told in alike}) == 1
