"""The figures of Sutton & Barto (2018), chapter 2, and what the book or theory says of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import numpy as np

from experiments.testbed.arms import GAUSSIAN, N_ARMS, SHIFTED, Arms
from experiments.testbed.experiment import STEPS, Drawing, Experiment, Result, Row
from experiments.testbed.facts import (
    EXACT,
    Seen,
    Share,
    above,
    at_most,
    equal,
    level,
    regret_at,
    reward_at,
    share,
    share_at,
)
from experiments.testbed.policies import NAMES, Policy, policy
from experiments.testbed.simulate import Outcome, generators
from experiments.testbed.theory import (
    best_looking_is_best,
    best_looking_value,
    expected_maximum_normal,
)

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
OPTIMISM = "optimistic greedy"
VARIED = {"epsilon_greedy": "epsilon", "gradient_bandit": "step_size", "ucb": "c"}


def families(result: Result) -> dict[str, dict[float, Outcome]]:
    """The outcomes of a parameter study: by name of the policy, then by the parameter's value."""
    pairs = groupby(result.outcomes, key=lambda outcome: outcome.policy.name)
    return {name: {varied(o.policy): o for o in outcomes} for name, outcomes in pairs}


def varied(chosen: Policy) -> float:
    """The parameter that the study varies, of one of its policies."""
    return float(dict(chosen.settings)[VARIED.get(chosen.name, "initial_value")])


def problems(result: Result) -> np.ndarray:
    """(R, A): the mean rewards of the arms in every run."""
    arms = result.experiment.arms
    runs = range(result.experiment.runs)
    return np.array([arms.draw(generators(result.seed, run)[0]) for run in runs])


def _problem(result: Result) -> list[Row]:
    means = problems(result)
    best = Seen(expected_maximum_normal(N_ARMS))
    return [
        equal("2.1", "mean of q*(a)", Seen(0), "book, 2.3", level(means.mean(axis=1))),
        equal("2.1", "variance of q*(a)", Seen(1), "book, 2.3", level(means.var(axis=1, ddof=1))),
        equal("2.1", "the best arm's q*", best, f"{EXACT}; book: 1.54", level(means.max(axis=1))),
    ]


def _greedy(result: Result) -> list[Row]:
    greedy, rare, often = (result.of(p) for p in (GREEDY, RARE, OFTEN))
    limit = Seen(0.9 * expected_maximum_normal(N_ARMS))
    third, chance = Share(1 / 3), Share(1 / N_ARMS)
    return [
        equal("2.2", "first step: reward", Seen(0), EXACT, reward_at(greedy, 1)),
        equal("2.2", "first step: optimal", chance, EXACT, share_at(greedy, 1)),
        equal("2.2", "greedy: reward", Seen(1), "book, 2.3", level(greedy.late_reward), 0.1),
        equal("2.2", "greedy: optimal", third, "book, 2.3", share(greedy.late_optimal), 0.05),
        above(
            "2.2",
            "regret of ten steps: ε = 0.1 over greedy",
            "book, 2.3",
            regret_at(often, 10),
            regret_at(greedy, 10),
        ),
        equal(
            "2.2", "ε = 0.1: optimal", Share(0.8), "book, figure", share(often.late_optimal), 0.03
        ),
        at_most("2.2", "ε = 0.1: optimal", Share(0.91), "book, 2.3", share(often.late_optimal)),
        at_most("2.2", "ε = 0.1: reward", limit, EXACT, level(often.late_reward)),
        above(
            "2.2",
            "optimal: ε = 0.1 over ε = 0.01",
            "book, 2.3",
            share(often.late_optimal),
            share(rare.late_optimal),
        ),
        above(
            "2.2",
            "optimal: ε = 0.01 over greedy",
            "book, 2.3",
            share(rare.late_optimal),
            share(greedy.late_optimal),
        ),
    ]


def _after_trying_all(figure: str, name: str, outcome: Outcome) -> list[Row]:
    """Of a policy that tries every arm once, and then takes the one that paid best."""
    first_ten = Share(float(outcome.optimal[:N_ARMS].mean()), share_at(outcome, 1).error)
    spike = Share(best_looking_is_best(N_ARMS))
    value = Seen(best_looking_value(N_ARMS))
    return [
        equal(figure, f"{name}: optimal, steps 1–10", Share(1 / N_ARMS), EXACT, first_ten),
        equal(figure, f"{name}: optimal, step 11", spike, EXACT, share_at(outcome, N_ARMS + 1)),
        equal(figure, f"{name}: reward, step 11", value, EXACT, reward_at(outcome, N_ARMS + 1)),
    ]


def _optimistic(result: Result) -> list[Row]:
    optimistic, realistic = result.of(OPTIMISTIC), result.of(REALISTIC)
    return [
        *_after_trying_all("2.3", "optimistic", optimistic),
        above(
            "2.3",
            "optimal, step 50: realistic over optimistic",
            "book, 2.6",
            share_at(realistic, 50),
            share_at(optimistic, 50),
        ),
        above(
            "2.3",
            "optimal: optimistic over realistic",
            "book, 2.6",
            share(optimistic.late_optimal),
            share(realistic.late_optimal),
        ),
    ]


def _ucb(result: Result) -> list[Row]:
    ucb, often = result.of(UCB_2), result.of(OFTEN)
    return [
        *_after_trying_all("2.4", "UCB", ucb),
        above(
            "2.4",
            "regret of ten steps: UCB over ε-greedy",
            "book, 2.7",
            regret_at(ucb, N_ARMS),
            regret_at(often, N_ARMS),
        ),
        above(
            "2.4",
            "reward: UCB over ε-greedy",
            "book, 2.7",
            level(ucb.late_reward),
            level(often.late_reward),
        ),
    ]


def _gradient(result: Result) -> list[Row]:
    slow, fast, slow_without, fast_without = (share(o.late_optimal) for o in result.outcomes)
    first = share_at(result.outcomes[0], 1)
    claim = "optimal: with baseline over without,"
    return [
        equal("2.5", "first step: optimal", Share(1 / N_ARMS), EXACT, first),
        above("2.5", f"{claim} α = 0.1", "book, 2.8", slow, slow_without),
        above("2.5", f"{claim} α = 0.4", "book, 2.8", fast, fast_without),
        above("2.5", "optimal: α = 0.1 over α = 0.4", "book, figure", slow, fast),
        above("2.5", "the same without baseline", "book, figure", slow_without, fast_without),
    ]


def _study(result: Result) -> list[Row]:
    curves = {
        name: {value: level(outcome.run_reward) for value, outcome in curve.items()}
        for name, curve in families(result).items()
    }
    best = {name: max(curve.values(), key=lambda s: s.value) for name, curve in curves.items()}
    rows = [
        above(
            "2.6",
            f"best reward: UCB over {NAMES.get(name, OPTIMISM)}",
            "book, 2.10",
            best["ucb"],
            best[name],
        )
        for name in best
        if name != "ucb"
    ]
    for name, curve in curves.items():
        ends = max(list(curve.values())[0], list(curve.values())[-1], key=lambda s: s.value)
        what = f"{NAMES.get(name, OPTIMISM)}: best setting over both ends"
        rows.append(above("2.6", what, "book, 2.10", best[name], ends))
    return rows


def _figure(
    number: str,
    title: str,
    arms: Arms,
    policies: tuple[Policy, ...],
    drawing: Drawing,
    facts: Callable[[Result], list[Row]],
    needs: int = STEPS,
) -> Experiment:
    source = f"Sutton & Barto, figure {number}"
    return Experiment(number, title, source, arms, policies, drawing, facts=facts, needs=needs)


FIGURES = (
    _figure("2.1", "One problem of the ten-armed testbed", GAUSSIAN, (), "problem", _problem, 1),
    _figure("2.2", "ε-greedy methods", GAUSSIAN, (GREEDY, RARE, OFTEN), "learning", _greedy),
    _figure(
        "2.3",
        "Optimistic initial values",
        GAUSSIAN,
        (OPTIMISTIC, REALISTIC),
        "learning",
        _optimistic,
    ),
    _figure("2.4", "Upper confidence bounds", GAUSSIAN, (UCB_2, OFTEN), "learning", _ucb),
    _figure(
        "2.5", "Gradient bandits, rewards centred on 4", SHIFTED, GRADIENTS, "learning", _gradient
    ),
    _figure("2.6", "A parameter study", GAUSSIAN, STUDY, "study", _study),
)
