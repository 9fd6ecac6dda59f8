"""Beyond the book's figures: every bandit of ours on three kinds of arms; regret and its bounds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from experiments.testbed.arms import BERNOULLI, FIXED, GAUSSIAN, N_ARMS, SWITCH, WALK, WALK_STEP
from experiments.testbed.experiment import Experiment, Result, Row
from experiments.testbed.facts import (
    EXACT,
    Seen,
    Share,
    above,
    at_most,
    equal,
    growth,
    level,
    regret_at,
    reward_at,
    share,
)
from experiments.testbed.policies import policy
from experiments.testbed.settings import GREEDY, OFTEN, OPTIMISTIC, REALISTIC, UCB_2
from experiments.testbed.theory import (
    expected_maximum_normal,
    expected_maximum_uniform,
    exploration_cost,
    lai_robbins,
    ucb1_bound,
)

LONG, SOME = 10_000, 1_000  # steps, and runs of so many
BETA = policy("thompson")
NORMAL = replace(  # the prior and the noise are the testbed's own
    policy(
        "thompson", posterior="gaussian", prior_mean=0.0, prior_variance=1.0, noise_variance=1.0
    ),
    title="Thompson, Gaussian",
)
GAUSSIAN_DEFAULT = policy("thompson", posterior="gaussian")
UCB1 = replace(policy("ucb", c=math.sqrt(2)), title="UCB1: c = √2")
ROOT_HALF = math.sqrt(0.5)  # √ξ at ξ = 1/2, the edge of what Garivier & Moulines (2011) prove
UCB_HALF = replace(policy("ucb", c=ROOT_HALF), title="UCB")
D_UCB = replace(policy("ucb", c=ROOT_HALF, forgetting=0.9975), title="D-UCB, γ = 0.9975")
SW_UCB = replace(policy("ucb", c=ROOT_HALF, window=1_214), title="SW-UCB, τ = 1,214")
UCB_FADING = policy("ucb", c=2.0, forgetting=0.999)
GRADIENT = policy("gradient_bandit", step_size=0.1)
STEEP = policy("gradient_bandit", step_size=0.4)

ON_GAUSSIAN = (GREEDY, OFTEN, OPTIMISTIC, UCB_2, NORMAL, GRADIENT)
ON_BERNOULLI = (GREEDY, OFTEN, UCB1, BETA, GAUSSIAN_DEFAULT, STEEP)
ON_WALK = (OFTEN, REALISTIC, OPTIMISTIC, UCB_2, NORMAL, GRADIENT, UCB_FADING)
ON_SWITCH = (REALISTIC, UCB_HALF, UCB1, D_UCB, SW_UCB, BETA)
FOR_REGRET = (GREEDY, OFTEN, UCB1, BETA, STEEP)


def _gaussian(result: Result) -> list[Row]:
    thompson, ucb = result.of(NORMAL), result.of(UCB_2)
    best = Seen(expected_maximum_normal(N_ARMS))
    what = "reward: Thompson"
    regrets = level(ucb.run_regret), level(thompson.run_regret)
    return [
        at_most("gaussian", what, best, EXACT, level(thompson.late_reward)),
        above("gaussian", "regret: UCB over Thompson", "its prior is true", *regrets),
    ]


def _bernoulli(result: Result) -> list[Row]:
    often, ucb1, beta = (result.of(p) for p in (OFTEN, UCB1, BETA))
    best = Seen(expected_maximum_uniform(N_ARMS))
    first = reward_at(result.of(GREEDY), 1)
    regrets = [level(o.run_regret) for o in (ucb1, often, beta)]
    source = "Chapelle & Li 2011"
    return [
        equal("bernoulli", "first step: reward", Seen(0.5), EXACT, first),
        equal("bernoulli", "the best arm's q*", best, EXACT, Seen(float(beta.best[0]), 0.002)),
        above("bernoulli", "regret: UCB1 over Thompson", source, regrets[0], regrets[2]),
        above("bernoulli", "regret: ε-greedy over Thompson", source, regrets[1], regrets[2]),
    ]


def _walk(result: Result) -> list[Row]:
    average, constant = result.of(OFTEN), result.of(REALISTIC)
    steps = constant.steps - 1
    best = Seen(expected_maximum_normal(N_ARMS) * WALK_STEP * math.sqrt(steps))
    seen = Seen(float(constant.best[-1]), 0.6 * WALK_STEP * math.sqrt(steps / constant.runs))
    source = "book, exercise 2.5"
    names = "constant α over average"
    rewards = level(constant.late_reward), level(average.late_reward)
    optimal = share(constant.late_optimal), share(average.late_optimal)
    fading = level(result.of(UCB_FADING).late_reward), level(result.of(UCB_2).late_reward)
    return [
        equal("walk", "the best arm's q* at the end", best, EXACT, seen),
        above("walk", f"reward: {names}", source, *rewards),
        above("walk", f"optimal: {names}", source, *optimal),
        above("walk", "reward: D-UCB over UCB", "Garivier & Moulines 2011", *fading),
    ]


def _switch(result: Result) -> list[Row]:
    ucb, discounted, window = (level(result.of(p).run_regret) for p in (UCB_HALF, D_UCB, SW_UCB))
    source = "Garivier & Moulines 2011"
    return [
        above("switch", "regret: UCB over D-UCB", source, ucb, discounted),
        above("switch", "regret: UCB over SW-UCB", source, ucb, window),
    ]


def _regret(result: Result) -> list[Row]:
    greedy, often, ucb1, beta, _ = result.outcomes
    means = np.array(FIXED.prior)
    last, before = beta.steps, beta.steps // 10
    decade = math.log(last / before)
    constant = Seen(lai_robbins(means, FIXED.rewards))
    bound = Seen(float(ucb1_bound(means, np.array(last))))
    locked = Share(float(means.max() / means.sum()))
    stuck = Seen(float(means.max() - (means**2).sum() / means.sum()))
    slope = Seen(exploration_cost(means, 0.1))
    auer, lai = "Auer et al. 2002", "Lai & Robbins 1985"
    beta_growth, ucb1_growth = (growth(o, before, last, decade) for o in (beta, ucb1))
    often_growth = growth(often, last // 2, last, last / 2)
    # The limit of ln t is far away: at 10,000 steps Thompson sampling is at about 3/4 of it.
    slow, small = 0.4 * constant.value, 0.1 * slope.value
    greedy_growth = growth(greedy, last // 2, last, last / 2)
    return [
        at_most("regret", "UCB1: regret", bound, auer, regret_at(ucb1, last)),
        above("regret", "growth per ln t: UCB1 over the bound", lai, ucb1_growth, constant),
        equal("regret", "Thompson: growth per ln t", constant, lai, beta_growth, slow),
        equal("regret", "ε-greedy: growth per step", slope, EXACT, often_growth, small),
        equal("regret", "greedy: optimal", locked, EXACT, share(greedy.late_optimal)),
        equal("regret", "greedy: growth per step", stuck, EXACT, greedy_growth),
    ]  # fmt: skip


COMPARISONS = (
    Experiment(
        "gaussian",
        "Every bandit on Gaussian arms",
        "Sutton & Barto, section 2.3",
        GAUSSIAN,
        ON_GAUSSIAN,
        "comparison",
        facts=_gaussian,
    ),
    Experiment(
        "bernoulli",
        "Every bandit on Bernoulli arms",
        "",
        BERNOULLI,
        ON_BERNOULLI,
        "comparison",
        facts=_bernoulli,
    ),
    Experiment(
        "walk",
        "Arms that walk",
        "Sutton & Barto, exercise 2.5",
        WALK,
        ON_WALK,
        "comparison",
        LONG,
        SOME,
        _walk,
    ),
    Experiment(
        "switch",
        "An arm that becomes the best, and falls again",
        "Garivier & Moulines 2011",
        SWITCH,
        ON_SWITCH,
        "comparison",
        LONG,
        SOME,
        _switch,
        needs=LONG,
    ),
    Experiment(
        "regret",
        "Regret and its bounds",
        "distribution 11 of Auer et al. 2002",
        FIXED,
        FOR_REGRET,
        "regret",
        LONG,
        SOME,
        _regret,
        needs=LONG,
    ),
)
