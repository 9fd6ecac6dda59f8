"""Credit per keystroke: what a decision earned, divided by the keystrokes that it took."""

import numpy as np
import pytest

import agents
from agents import Diverged, State, Transition
from agents.lessons import Lesson

BANDITS = ["greedy", "epsilon_greedy", "ucb", "thompson", "gradient_bandit"]
LINEAR = ["linucb", "linear_thompson"]
EXPLORE, FIGHT = 0, 1
NAN = np.nan


def state():
    return State(np.zeros(0, np.float32), 0, np.ones(2, bool))


def step(action, reward, keystrokes, last=False):
    return Transition(state(), action, reward, 0.0 if last else 1.0, state(), last, keystrokes)


# 40 keystrokes of 0.15 and 1 of 5.9: 6.0 and 5.9 for the decision
ALIKE = [step(EXPLORE, 6.0, 40), step(FIGHT, 5.9, 1)]


def test_per_decision_a_long_walk_looks_as_good_as_a_blow():
    agent = agents.make("greedy", 2, reward_range=(0.0, 10.0))
    agent.learn(ALIKE)
    assert agent.estimates(state()) == pytest.approx([6.0, 5.9])
    assert agent.act(state()) == EXPLORE


@pytest.mark.parametrize("name", ["greedy", "epsilon_greedy", "ucb", "gradient_bandit"])
def test_per_keystroke_they_are_what_they_pay_for_the_time(name):
    agent = agents.make(name, 2, credit="keystroke", reward_range=(0.0, 10.0))
    metrics = agent.learn(ALIKE)
    assert agent.estimates(state()) == pytest.approx([0.15, 5.9])
    assert metrics["estimate/0"] == pytest.approx(0.15)
    likely = agent.action_probabilities(state())
    assert likely[FIGHT] > likely[EXPLORE]


def test_each_decision_counts_once_however_long():
    """(6/3 + 1/1) / 2 = 1.5, where 7 for 4 keystrokes would be 1.75."""
    agent = agents.make("greedy", 2, credit="keystroke", reward_range=(0.0, 10.0))
    agent.learn([step(EXPLORE, 6.0, 3), step(EXPLORE, 1.0, 1)])
    assert agent.estimates(state())[EXPLORE] == pytest.approx(1.5)


def test_the_last_decision_of_a_game_is_divided_too():
    """Its discount is 0, which says nothing of its keystrokes."""
    agent = agents.make("greedy", 2, credit="keystroke", reward_range=(-10.0, 10.0))
    agent.learn([step(EXPLORE, -8.0, 4, last=True)])
    assert agent.estimates(state())[EXPLORE] == pytest.approx(-2.0)


def test_rewards_are_clipped_after_they_are_divided():
    """50 in 10 keystrokes are 5, within the range; 50 in one are not, and count as 10."""
    agent = agents.make("greedy", 2, credit="keystroke", reward_range=(0.0, 10.0))
    agent.learn([step(EXPLORE, 50.0, 10), step(FIGHT, 50.0, 1)])
    assert agent.estimates(state()) == pytest.approx([5.0, 10.0])


@pytest.mark.parametrize("name", LINEAR)
def test_bandits_that_see_are_credited_alike(name):
    """With a column of ones alone θ = Σ r / (n + λ), of rewards mapped to [0, 1]; λ = 1."""
    agent = agents.make(name, 2, credit="keystroke", reward_range=(0.0, 10.0))
    agent.learn(ALIKE)
    assert agent.estimates(state()) == pytest.approx([0.15 / 2, 5.9 / 2])


@pytest.mark.parametrize("name", BANDITS + LINEAR)
def test_a_decision_of_one_keystroke_is_credited_alike_either_way(name):
    made = [
        agents.make(name, 2, credit=credit, rng=np.random.default_rng(0))
        for credit in ("decision", "keystroke")
    ]
    for agent in made:
        agent.learn([step(EXPLORE, 0.75, 1), step(FIGHT, 0.5, 1), step(FIGHT, 0.25, 1)])
    first, second = (agent.estimates(state()).tobytes() for agent in made)
    assert first == second


@pytest.mark.parametrize("name", BANDITS + LINEAR)
def test_credit_per_decision_is_the_default_and_looks_at_no_keystrokes(name):
    estimates = []
    for keystrokes in (1, 7):
        agent = agents.make(name, 2, rng=np.random.default_rng(0))
        agent.learn([step(EXPLORE, 0.75, keystrokes), step(FIGHT, 0.5, keystrokes)])
        estimates.append(agent.estimates(state()).tobytes())
    assert estimates[0] == estimates[1]


@pytest.mark.parametrize("name", ["greedy", "linucb"])
def test_futures_are_divided_by_their_own_keystrokes(name):
    """(8/4 + 9/3) / 2 = 2.5 and (1/1 + 1/2) / 2 = 0.75 a keystroke; λ = 1 counts as one of 0."""
    lesson = Lesson(state(), np.array([[8.0, 9.0], [1.0, 1.0]]), np.array([[4, 3], [1, 2]]))
    agent = agents.make(name, 2, credit="keystroke", reward_range=(0.0, 10.0))
    assert agent.study([lesson]) == {"lesson_pulls": 4}
    shrunk = 2 / 3 if name == "linucb" else 1
    assert agent.estimates(state()) == pytest.approx([2.5 * shrunk, 0.75 * shrunk])


def test_a_decision_that_says_nothing_of_keystrokes_took_one():
    agent = agents.make("greedy", 2, credit="keystroke", reward_range=(0.0, 10.0))
    agent.learn([Transition(state(), FIGHT, 5.0, 1.0, state(), False)])
    assert agent.estimates(state())[FIGHT] == 5


def test_futures_that_say_nothing_of_keystrokes_took_one_each():
    agent = agents.make("greedy", 2, credit="keystroke", reward_range=(0.0, 10.0))
    agent.study([Lesson(state(), np.array([[8.0, 9.0], [1.0, 2.0]]))])
    assert agent.estimates(state()) == pytest.approx([8.5, 1.5])


def test_futures_are_credited_per_decision_by_default_however_long():
    lesson = Lesson(state(), np.array([[8.0, 9.0], [1.0, 1.0]]), np.array([[4, 3], [1, 2]]))
    agent = agents.make("greedy", 2, reward_range=(0.0, 10.0))
    agent.study([lesson])
    assert agent.estimates(state()) == pytest.approx([8.5, 1.0])


def test_what_is_illegal_stays_so():
    legal = np.array([True, False])
    lesson = Lesson(State(np.zeros(0, np.float32), 0, legal), np.array([[8.0, 9.0], [NAN, NAN]]))
    agent = agents.make("greedy", 2, credit="keystroke", reward_range=(0.0, 10.0))
    assert agent.study([lesson]) == {"lesson_pulls": 2}


@pytest.mark.parametrize("name", ["ucb", "linucb"])
def test_rewards_that_are_no_numbers_and_other_credits_are_refused(name):
    agent = agents.make(name, 2, credit="keystroke")
    with pytest.raises(Diverged, match="look at env.reward"):
        agent.learn([step(EXPLORE, np.inf, 3)])
    with pytest.raises(ValueError, match="unknown credit 'keystrokes': did you mean 'keystroke'"):
        agents.make(name, 2, credit="keystrokes")


@pytest.mark.parametrize("name", BANDITS + LINEAR)
def test_nobody_starts_from_values_in_other_units(name):
    assert agents.settings_of(name)["credit"].fixed
