"""Agents by name: making them, their settings, and the promises all of them keep."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pytest

import agents
from agents import State, Transition
from agents.settings import REQUIRED

LEGAL = np.array([True, False, True, True])
NAMES = sorted(agents.REGISTRY)


def state(context=0, legal=LEGAL):
    return State(np.zeros(3, dtype=np.float32), context, legal)


def transition(action, reward, context=0):
    return Transition(state(context), action, reward, 0.9, state(), False)


def trained(name, **settings):
    agent = agents.make(name, 4, 2, 3, rng=np.random.default_rng(0), **settings)
    for reward in (0.0, 1.0, 0.25, 1.0, 0.5):
        agent.learn([transition(agent.act(state(1)), reward, context=1)])
    return agent


def test_the_promised_agents_are_registered():
    bandits = {"greedy", "epsilon_greedy", "ucb", "thompson", "gradient_bandit"}
    assert bandits | {"random", "priority"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_agents_choose_legal_actions_with_the_stated_probabilities(name):
    agent = trained(name)
    probabilities = agent.action_probabilities(state(1))
    assert probabilities.shape == (4,)
    assert probabilities.sum() == pytest.approx(1, abs=1e-8)
    assert probabilities[1] == 0
    assert all(probabilities[agent.act(state(1))] > 0 for _ in range(30))
    with pytest.raises(ValueError, match="allows none"):
        agent.act(state(legal=np.zeros(4, dtype=bool)))


@pytest.mark.parametrize("name", NAMES)
def test_a_loaded_agent_makes_the_same_choices(name, tmp_path):
    agent = trained(name)
    agent.save(tmp_path)
    loaded = agents.load(tmp_path)
    assert type(loaded) is type(agent)
    for who in (agent, loaded):
        who.rng = np.random.default_rng(5)
    for _ in range(100):
        s = state(1)
        assert (loaded.action_probabilities(s) == agent.action_probabilities(s)).all()
        action = agent.act(s)
        assert loaded.act(s) == action
        for who in (agent, loaded):
            who.learn([transition(action, 0.5, context=1)])


def test_a_loaded_agent_has_its_settings(tmp_path):
    settings = {"alpha": 2.0, "beta": 3.0, "context": "situation", "reward_range": (-1.0, 1.0)}
    agent = trained("thompson", **settings)
    agent.save(tmp_path)
    loaded = agents.load(tmp_path)
    assert loaded.header == agent.header
    assert (loaded.estimates(state(1)) == agent.estimates(state(1))).all()
    assert (loaded.estimates(state(0)) == agent.estimates(state(0))).all()


def test_whoever_names_no_contexts_and_features_has_one_context_and_no_features():
    header = agents.make("greedy", 4).header
    assert (header.n_actions, header.n_contexts, header.n_features) == (4, 1, 0)


def test_settings_have_types_and_defaults():
    known = agents.settings_of("epsilon_greedy")
    assert known["epsilon"].default == 0.1
    assert known["epsilon"].annotation is float
    assert known["final_epsilon"].annotation == float | None
    assert known["context"].annotation == Literal["none", "situation"]
    assert known["reward_range"].annotation == tuple[float, float]
    assert agents.settings_of("random") == {}
    assert list(agents.settings_of("priority")) == ["order"]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_typed_and_explained_and_has_a_default(name):
    for known in agents.settings_of(name).values():
        assert not isinstance(known.annotation, str)
        assert known.default is not REQUIRED
        assert known.meaning and known.meaning.strip() == known.meaning


def test_an_unknown_agent_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match=r"unknown agent 'tompson': did you mean 'thompson'\?"):
        agents.make("tompson", 4)
    with pytest.raises(ValueError, match="Valid: random, priority"):
        agents.settings_of("xyz")


def test_an_unknown_setting_is_answered_with_the_nearest():
    message = (
        r"setting of agent 'ucb' 'contxt': did you mean 'context'\? "
        "Valid: c, forgetting, window, credit, reward_range, context$"
    )
    with pytest.raises(ValueError, match=message):
        agents.make("ucb", 4, contxt="none")
    with pytest.raises(ValueError, match="Valid: none"):
        agents.make("random", 4, seed=3)


def test_a_missing_setting_is_named(monkeypatch):
    @dataclass(frozen=True)
    class NeedySettings(agents.Settings):
        goal: int = agents.setting(REQUIRED, "what it wants")

    class Needy:
        settings_type = NeedySettings

        def __init__(self, n_actions, n_contexts, n_features, settings, *, rng=None):
            self.goal = settings.goal

    monkeypatch.setitem(agents.REGISTRY, "needy", Needy)
    with pytest.raises(ValueError, match="agent 'needy' needs the settings goal"):
        agents.make("needy", 4)
    assert agents.make("needy", 4, goal=2).goal == 2
