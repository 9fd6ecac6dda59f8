"""The policies of the book's figures, with the book's settings, and what its studies vary."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from experiments.testbed.experiment import Result
from experiments.testbed.policies import Policy, policy
from experiments.testbed.simulate import Outcome, generators

GREEDY = policy("greedy")
RARE = policy("epsilon_greedy", epsilon=0.01)
OFTEN = policy("epsilon_greedy", epsilon=0.1)
OPTIMISTIC = policy("greedy", step_size=0.1, initial_value=5.0)
REALISTIC = policy("epsilon_greedy", epsilon=0.1, step_size=0.1)
UCB_2 = policy("ucb", c=2.0)
GRADIENTS = tuple(
    policy("gradient_bandit", step_size=step, baseline=baseline)
    for baseline in (True, False)
    for step in (0.1, 0.4)
)


def powers(first: int, last: int) -> list[float]:
    """2 to the power of first, …, last."""
    return [2.0**exponent for exponent in range(first, last + 1)]


STUDY = (
    *(policy("epsilon_greedy", epsilon=epsilon) for epsilon in powers(-7, -2)),
    *(policy("gradient_bandit", step_size=step) for step in powers(-5, 2)),
    *(policy("ucb", c=c) for c in powers(-4, 2)),
    *(policy("greedy", step_size=0.1, initial_value=value) for value in powers(-2, 2)),
)
VARIED = {"epsilon_greedy": "epsilon", "gradient_bandit": "step_size", "ucb": "c"}


def families(result: Result) -> dict[str, dict[float, Outcome]]:
    """Return the outcomes of a parameter study: by name of the policy, then by the parameter's
    value.
    """
    pairs = groupby(result.outcomes, key=lambda outcome: outcome.policy.name)
    return {name: {varied(o.policy): o for o in outcomes} for name, outcomes in pairs}


def varied(chosen: Policy) -> float:
    """Return the parameter that the study varies, of one of its policies."""
    return float(dict(chosen.settings)[VARIED.get(chosen.name, "initial_value")])


def problems(result: Result) -> np.ndarray:
    """(R, A): the mean rewards of the arms in every run."""
    arms = result.experiment.arms
    runs = range(result.experiment.runs)
    return np.array([arms.draw(generators(result.seed, run)[0]) for run in runs])
