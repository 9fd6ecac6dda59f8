"""Networks that see which actions are legal, beside the features."""

import numpy as np
import pytest

import agents
from agents import State, Transition
from agents.lessons import Lesson

F, A = 2, 3
ALL, NOT_LAST = np.array([True, True, True]), np.array([True, True, False])
BLANK = np.zeros(F, np.float32)  # features that tell nothing


def make(**settings):
    return agents.make("policy_gradient", A, 1, F, rng=np.random.default_rng(0), **settings)


def state(legal, features=BLANK):
    return State(features, 0, legal)


def lesson_of_legality(agent):
    """Games of one decision: the first action is right if the last is legal, else the second."""
    rng = np.random.default_rng(1)
    for _ in range(40):
        steps = []
        for _ in range(32):
            here = state(ALL if rng.random() < 0.5 else NOT_LAST)
            action = agent.act(here)
            right = action == (0 if here.action_mask[2] else 1)
            steps.append(Transition(here, action, float(right), 0.0, here, True))
        agent.learn(steps)


def chances(agent):
    return [
        agent.action_probabilities(state(legal))[right]
        for legal, right in ((ALL, 0), (NOT_LAST, 1))
    ]


@pytest.mark.parametrize("masked", [None, [0, 1]])
def test_what_is_best_may_depend_on_what_else_is_legal(masked):
    settings = {"hidden": (8,), "learning_rate": 0.03, "masked_features": masked}
    seeing, blind = make(see_legal=True, **settings), make(**settings)
    for agent in (seeing, blind):
        lesson_of_legality(agent)
    assert min(chances(seeing)) > 0.9
    assert min(chances(blind)) < 0.6


def test_the_critic_sees_it_too():
    agent = make(see_legal=True)
    lesson = [Transition(state(m), 0, float(m[2]), 0.0, state(m), True) for m in (ALL, NOT_LAST)]
    for _ in range(60):
        agent.learn(lesson * 10)
    worth = agent.value(np.stack([BLANK, BLANK]), np.stack([ALL, NOT_LAST]))
    assert worth == pytest.approx([1, 0], abs=0.1)


def test_a_game_that_is_cut_short_goes_on_from_what_was_legal_then():
    """Otherwise the goal of the decision before would be that of another state."""
    agent = make(see_legal=True, hidden=(), normalise_features=False)
    agent.critic.parameters[:] = [0, 0, 0, 0, 5, 0]  # V: 5 where the last action is legal
    agent.returns.update(np.array([[-1.0], [1.0]]))
    for after, expected in ((ALL, 5 * agent.returns.std[0]), (NOT_LAST, 0)):
        step = Transition(state(NOT_LAST), 0, 0.0, 1.0, state(after), True)
        *_, (advantage,) = agent._evaluate([step], np.zeros(1), BLANK[None], NOT_LAST[None])
        assert advantage == pytest.approx(expected)


def test_a_checkpoint_knows_whether_they_see_it(tmp_path):
    agent = make(see_legal=True)
    lesson_of_legality(agent)
    agent.save(tmp_path / "agent")
    other = agents.load(tmp_path / "agent")
    assert other.header.settings["see_legal"] is True
    assert chances(other) == chances(agent)


@pytest.mark.parametrize("memory", [0, 8])
def test_lessons_are_learned_from_with_and_without_a_memory(memory):
    agent = make(see_legal=True, lesson_memory=memory)
    returns = np.array([[1.0, 1.1], [0.0, 0.1], [np.nan, np.nan]])
    before = agent.action_probabilities(state(NOT_LAST))[0]
    told = agent.study([Lesson(state(NOT_LAST), returns)])
    assert np.isfinite(told["lesson_loss"])
    assert agent.action_probabilities(state(NOT_LAST))[0] > before
