"""No setting that is accepted makes an agent fail, and no reward that is no number is learned."""

from typing import Any, Literal, get_args, get_origin

import numpy as np
import pytest

import agents
from agents import Diverged, State, Transition
from agents.settings import KINDS, Setting

A, C, F = 4, 2, 3
NAMES = sorted(agents.REGISTRY)
GIVEN_TOGETHER = {
    "final_epsilon": {"decay_decisions": 3}, "decay_decisions": {"final_epsilon": 0.3},
}  # fmt: skip
# what only counts beside another choice
BESIDE: dict[str, list[dict[str, Any]]] = {
    "thompson": [{"posterior": name} for name in ("beta", "gaussian", "student_t")],
    "policy_gradient": [{}, {"clip": 0.2, "epochs": 2, "prior": [1]}, {"optimiser": "sgd"}],
}


def extremes(known: Setting) -> list[Any]:
    """The values at the ends of a setting's range, or all there are."""
    kind, *_ = (option for option in known.options if option is not type(None))
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if kind is bool:
        return [True, False]
    low = np.nextafter(known.low, np.inf) if known.open_below else known.low
    if kind in KINDS:
        assert np.isfinite([known.low, known.high]).all(), f"{known.name} has no bounds"
        return [kind(low), kind(known.high)]
    return {
        "hidden": [[], [1], [1] * 8, [2000]],
        "reward_range": [(low, known.high), (0.0, 5e-324), (-1e-300, 0.0), (1.0, 1.0 + 2**-52)],
    }.get(known.name, [[], [0]])


def cases():
    for name in NAMES:
        for key, known in agents.settings_of(name).items():
            for value in extremes(known):
                for beside in BESIDE.get(name, [{}]):
                    chosen = beside | {key: value} | GIVEN_TOGETHER.get(key, {})
                    if chosen.get("backend") != "torch" and chosen.get("epochs", 0) < 100:
                        yield pytest.param(name, chosen, id=f"{name}-{chosen}")


def steps(agent, rng, rewards):
    """Decisions of the agent, each checked: legal, with probabilities that are some."""
    for index, reward in enumerate(rewards):
        mask = rng.random(A) < 0.6
        mask[rng.integers(A)] = True
        state = State(rng.standard_normal(F).astype(np.float32), int(rng.integers(C)), mask)
        action = agent.act(state)
        probabilities = agent.action_probabilities(state)
        assert mask[action]
        assert probabilities.sum() == pytest.approx(1, abs=1e-6)
        assert (probabilities[~mask] == 0).all() and (probabilities >= 0).all()
        assert np.isfinite(
            agent.estimates(state) if agent.estimates(state) is not None else 0
        ).all()
        last = index % 10 == 9
        yield Transition(state, action, float(reward), 0.0 if last else 0.9, state, last)


@pytest.mark.parametrize("name, chosen", list(cases()))
def test_an_agent_plays_and_learns_at_the_ends_of_each_setting(name, chosen):
    agent = agents.make(name, A, C, F, rng=np.random.default_rng(0), **chosen)
    rng = np.random.default_rng(1)
    for scale in (1.0, 1e6, 1e-6):
        played = []
        for step in steps(agent, rng, scale * rng.standard_normal(20)):
            played.append(step)
            if agent.learns_online:
                agent.learn([step])
        if not agent.learns_online:
            metrics = agent.learn(played)
            assert np.isfinite(list(metrics.values())).all()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reward", [np.inf, -np.inf, np.nan])
def test_a_reward_that_is_no_number_is_refused_by_every_agent_alike(name, reward):
    agent = agents.make(name, A, C, F, rng=np.random.default_rng(0))
    good, bad = steps(agent, np.random.default_rng(1), [1.0, reward])
    with pytest.raises(Diverged, match=r"the reward .* is NaN or infinite: look at env\.reward"):
        agent.learn([good, bad])
    after = agents.make(name, A, C, F, rng=np.random.default_rng(0))
    assert (agent.action_probabilities(good.state) == after.action_probabilities(good.state)).all()


@pytest.mark.parametrize("name", ["thompson"])
def test_what_was_accepted_once_and_died_is_refused(name):
    with pytest.raises(ValueError, match="alpha must be from"):
        agents.make(name, A, alpha=1e18)


@pytest.mark.parametrize("name", NAMES)
def test_the_ends_of_a_range_are_the_last_values_accepted(name):
    for key, known in agents.settings_of(name).items():
        if not np.isfinite(known.high) or get_origin(known.options[0]) is tuple:
            continue
        with pytest.raises(ValueError, match=f"{key} must be"):
            agents.make(name, A, C, F, **{key: 2 * known.high} | GIVEN_TOGETHER.get(key, {}))
