"""Asking an agent what it makes of a state changes neither the agent nor its random numbers."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from helpers.facts import changed, facts

import agents
from agents import State, Transition

QUESTIONS = ("action_probabilities", "estimates", "bounds", "counts")  # those that an agent answers
VARIANTS = [
    *((name, {}) for name in sorted(agents.REGISTRY)),
    ("thompson", {"posterior": "gaussian"}),
    ("ucb", {"c": 0.0, "context": "situation"}),
    ("ucb", {"forgetting": 0.5}),
    ("ucb", {"window": 3, "context": "situation"}),
    ("epsilon_greedy", {"final_epsilon": 0.0, "decay_decisions": 10, "context": "situation"}),
    ("policy_gradient", {"masked_features": [1]}),
    pytest.param(
        "policy_gradient",
        {"backend": "torch"},
        marks=pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs torch"),
    ),
]


def state(rng: np.random.Generator) -> State:
    legal = np.array([True, *(rng.random(3) < 0.6)])
    return State(rng.random(3, dtype=np.float32), int(rng.integers(2)), legal)


def trained(name: str, settings: dict, rng: np.random.Generator) -> agents.Agent:
    agent = agents.make(name, 4, 2, 3, rng=rng, **settings)
    for _ in range(6):
        seen = state(rng)
        agent.learn([Transition(seen, agent.act(seen), rng.random(), 0.9, state(rng), False)])
    return agent


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_asking_an_agent_changes_nothing(name, settings, seed):
    rng = np.random.default_rng(seed)
    agent = trained(name, settings, rng)
    agent.rng = np.random.default_rng(5)
    asked = [(q, getattr(agent, q)) for q in QUESTIONS if hasattr(agent, q)]
    for seen in [state(rng) for _ in range(4)]:
        before, answers = facts(agent) | facts(seen, "state"), {}
        for index in rng.permutation(2 * len(asked)).tolist():
            question, ask = asked[index % len(asked)]
            answer = facts(ask(seen), identity=False)
            assert answers.setdefault(question, answer) == answer
        assert not changed(before, facts(agent) | facts(seen, "state"))


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_what_an_agent_answers_is_not_its_memory(name, settings):
    """Whoever writes on an answer changes no later one."""
    rng = np.random.default_rng(0)
    agent, seen = trained(name, settings, rng), state(rng)
    for question in QUESTIONS:
        ask = getattr(agent, question, lambda state: None)
        answer = ask(seen)
        if answer is not None:
            expected = answer.copy()
            answer += 1
            assert (ask(seen) == expected).all()
