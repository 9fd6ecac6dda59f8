"""What textbooks say of the testbed comes out, and verdicts allow for chance and no more."""

import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.testbed.arms import BERNOULLI, FIXED, GAUSSIAN, WALK
from experiments.testbed.book import FIGURES
from experiments.testbed.choice import EXPERIMENTS
from experiments.testbed.facts import (
    AGREES,
    DIFFERS,
    UNCLEAR,
    Seen,
    Share,
    above,
    at_most,
    equal,
    level,
    share,
    share_at,
)
from experiments.testbed.policies import policy
from experiments.testbed.simulate import simulate

RUNS = 400
SIGMAS = 5  # a test fails by chance once in 1.7 million times


@pytest.fixture(scope="module")
def greedy():
    return simulate(policy("greedy"), GAUSSIAN, RUNS, 1000, seed=1)


@pytest.fixture(scope="module")
def exploring():
    return simulate(policy("epsilon_greedy", epsilon=0.1), GAUSSIAN, RUNS, 1000, seed=1)


def near(seen: Seen, expected: float, tolerance: float = 0.0) -> bool:
    return abs(seen.value - expected) <= tolerance + SIGMAS * seen.error


def test_greedy_levels_off_near_a_reward_of_1(greedy):
    assert near(level(greedy.late_reward), 1.0, 0.1)


def test_greedy_finds_the_best_arm_in_about_a_third_of_the_problems(greedy):
    assert near(share(greedy.late_optimal), 1 / 3, 0.05)


def test_epsilon_greedy_chooses_the_best_arm_80_percent_of_the_time_by_1000_steps(exploring):
    assert near(share(exploring.late_optimal), 0.8, 0.03)


def test_problems_and_rewards_are_unbiased(exploring):
    """The mean reward of the first, random choice is 0, and the best of ten means 1.5388."""
    assert abs(exploring.reward[0]) < SIGMAS * math.sqrt(2 / RUNS)
    assert abs(exploring.best[0] - 1.5388) < SIGMAS * 0.587 / math.sqrt(RUNS)
    assert near(share_at(exploring, 1), 0.1)


def test_the_noise_of_rewards_has_variance_1():
    """Ten arms that are equal and stay so: whatever is chosen, rewards are N(0, 1)."""
    still = replace(WALK, walk=0.0)
    outcome = simulate(policy("ucb"), still, 200, 500)
    spread = outcome.reward_error**2 * 200  # the variance of rewards at each step
    assert abs(spread.mean() - 1) < SIGMAS * math.sqrt(2 / (200 * 500))
    assert abs(outcome.reward.mean()) < SIGMAS / math.sqrt(200 * 500)


def test_means_walk_apart_by_a_hundredth_a_step():
    """After t steps the best of ten is at 0.01 √t times 1.5388."""
    outcome = simulate(policy("greedy"), WALK, 200, 2501)
    assert outcome.best[0] == 0
    assert abs(outcome.best[-1] - 0.5 * 1.5388) < SIGMAS * 0.5 * 0.587 / math.sqrt(200)


def test_bernoulli_arms_pay_one_or_nothing_by_their_mean():
    outcome = simulate(policy("greedy"), BERNOULLI, RUNS, 1)
    assert set((outcome.run_reward).tolist()) <= {0.0, 1.0}
    assert near(level(outcome.run_reward), 0.5)


def test_greedy_on_bernoulli_arms_keeps_the_first_arm_that_pays():
    """Every pull is of a random arm until one pays, so arm a is kept with chance p(a) / Σ p."""
    outcome = simulate(policy("greedy"), FIXED, RUNS, 200)
    assert set(outcome.late_optimal.tolist()) <= {0.0, 1.0}
    assert near(share(outcome.late_optimal), 0.9 / (0.9 + 9 * 0.6))


def test_uniform_choice_earns_nothing_on_average():
    outcome = simulate(policy("epsilon_greedy", epsilon=1.0), GAUSSIAN, RUNS, 100)
    assert near(level(outcome.run_reward), 0.0)
    assert near(Share(outcome.optimal.mean(), 0.3 / math.sqrt(RUNS * 100)), 0.1)


@pytest.mark.parametrize("name", [figure.name for figure in FIGURES if figure.name != "2.6"])
def test_every_row_of_the_book_s_figures_agrees(name):
    played = replace(EXPERIMENTS[name], runs=RUNS)
    rows = played.rows(played.play(3, lambda: None))
    assert rows
    assert not [row for row in rows if row.verdict == DIFFERS]


def test_the_rows_of_the_regret_figure_agree():
    played = replace(EXPERIMENTS["regret"], runs=40)
    rows = played.rows(played.play(3, lambda: None))
    assert [row.verdict for row in rows].count(DIFFERS) == 0


def test_short_runs_are_not_judged():
    played = replace(EXPERIMENTS["2.2"], runs=2, steps=20)
    assert not played.rows(played.play(0, lambda: None))


def test_a_wrong_policy_is_noticed():
    """Figure 2.4 with a UCB that does not explore."""
    ucb, often = EXPERIMENTS["2.4"].policies
    wrong = replace(EXPERIMENTS["2.4"], runs=RUNS)
    result = wrong.play(0, lambda: None)
    greedy = simulate(policy("greedy"), GAUSSIAN, RUNS, 1000)
    spoilt = replace(result, outcomes=(greedy, result.of(often)))
    assert DIFFERS in {row.verdict for row in wrong.rows(spoilt)}


def test_verdicts_allow_for_four_standard_errors():
    def verdict(seen: float, error: float) -> str:
        return equal("", "", Seen(1.0), "", Seen(seen, error)).verdict

    assert verdict(1.39, 0.1) == AGREES
    assert verdict(1.41, 0.1) == DIFFERS
    assert at_most("", "", Seen(1.0), "", Seen(1.39, 0.1)).verdict == AGREES
    assert at_most("", "", Seen(1.0), "", Seen(1.41, 0.1)).verdict == DIFFERS


def test_higher_needs_two_standard_errors():
    def verdict(high: float) -> str:
        return above("", "", "", Seen(high, 0.06), Seen(1.0, 0.08)).verdict  # together 0.1

    assert verdict(1.21) == AGREES
    assert verdict(1.19) == UNCLEAR
    assert verdict(0.61) == UNCLEAR
    assert verdict(0.59) == DIFFERS


def test_policies_on_the_same_problems_are_compared_run_by_run():
    problems = np.random.default_rng(0).standard_normal(50) * 100
    row = above("", "", "", level(problems + 1 + 0.1 * np.sin(np.arange(50))), level(problems))
    assert row.verdict == AGREES
