"""Intervals hold what they promise: by simulation, against scipy, and where there is too little."""

import numpy as np
import pytest
from scipy import stats

from experiments.analysis.coverage import scenarios
from experiments.analysis.statistics.confidence import Bounds, Confidence, Estimate
from experiments.analysis.statistics.differences import independent_difference, paired_difference
from experiments.analysis.statistics.hierarchical import mean, nested_mean
from experiments.analysis.statistics.resampling import Resamples

TIMES = 300  # a coverage of 95 % has a standard error of 1.3 points then
LEAST = 0.95 - 4 * 0.013


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def resamples(rng):
    return Resamples(rng)


@pytest.mark.parametrize("name", ["points", "progression", "lognormal"])
def test_the_interval_of_a_mean_covers_where_the_percentile_bootstrap_does_not(name, rng):
    found = scenarios.mean_covered(name, 20, TIMES, rng)
    assert found[scenarios.OURS] >= LEAST
    assert found[scenarios.OURS] > found[scenarios.PERCENTILE] + 0.02


def test_the_interval_of_a_paired_difference_covers(rng):
    assert scenarios.difference_covered("progression", 20, TIMES, rng)[scenarios.OURS] >= LEAST


@pytest.mark.parametrize("spread", [0.0, 0.3, 1.0])
def test_three_training_seeds_are_enough_for_an_interval_that_covers(spread, rng):
    found = scenarios.seeds_covered(3, 50, spread, TIMES, rng)
    assert found[scenarios.OURS] >= LEAST
    if spread == 1.0:  # all games thrown together: most intervals miss
        assert found[scenarios.PERCENTILE] < 0.5


def test_an_interval_of_seeds_with_games_of_their_own_covers(rng):
    hits = 0
    for _ in range(TIMES):
        seeds = rng.normal(size=4)
        samples = [seed + rng.exponential(size=20 + 5 * k) - 1 for k, seed in enumerate(seeds)]
        found = nested_mean(samples, Resamples(rng, 499)).interval()
        hits += found.low <= 0 <= found.high
    assert hits / TIMES >= LEAST


def test_many_normal_games_have_nearly_students_interval(rng, resamples):
    values = rng.normal(50, 10, size=400)
    expected = stats.t.interval(0.95, 399, values.mean(), stats.sem(values))
    assert mean(values, resamples).interval()[1:3] == pytest.approx(expected, abs=0.15)


def test_the_p_value_of_a_paired_difference_is_nearly_students(rng, resamples):
    a, b = rng.normal(0.2, 1, size=(2, 300)) * [[1], [1.1]] + rng.normal(size=300)
    expected = stats.ttest_rel(a, b).pvalue
    assert paired_difference(a, b + 0.1, resamples).p_value(0) == pytest.approx(
        stats.ttest_rel(a, b + 0.1).pvalue, abs=0.03
    )
    assert paired_difference(a, b, resamples).p_value() == pytest.approx(expected, abs=0.03)


def test_an_independent_difference_has_nearly_welchs_interval(rng, resamples):
    a, b = rng.normal(1, 1, 200), rng.normal(0, 3, 300)
    expected = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    found = independent_difference(mean(a, resamples), mean(b, resamples), resamples).interval()
    assert found[1:3] == pytest.approx([expected.low, expected.high], abs=0.05)


def test_p_is_at_most_5_percent_just_where_the_interval_excludes_zero(rng):
    resamples = Resamples(rng, 999)
    for shift in np.linspace(-0.6, 0.6, 60):
        found = mean(rng.normal(shift, 1, size=40), resamples)
        assert (found.p_value() <= 0.05) == found.interval().excludes_zero
        assert (found.p_value() <= 0.01) == found.interval(0.99).excludes_zero


def test_pairs_stay_together(rng, resamples):
    """Games differ wildly, but A is 1 better, give or take: unpaired, that would drown in noise."""
    b = rng.normal(0, 1000, size=30)
    found = paired_difference(b + rng.normal(1, 0.1, size=30), b, resamples).interval()
    assert 0.9 < found.low < found.high < 1.1


def test_training_seeds_of_two_agents_are_not_pairs(rng, resamples):
    game, a, b = rng.normal(size=(1, 100)), rng.normal(size=(5, 1)), rng.normal(size=(5, 1))
    scores = [seed + game + 0.1 * rng.normal(size=(5, 100)) for seed in (a, b)]
    found = paired_difference(*scores, resamples).interval()
    expected = stats.ttest_ind(scores[0].mean(1), scores[1].mean(1)).confidence_interval(0.95)
    assert found.high - found.low == pytest.approx(expected.high - expected.low, rel=0.35)


@pytest.mark.parametrize("games", [1, 2, 4])
def test_too_few_games_have_no_interval(games, resamples):
    found = mean(np.arange(games), resamples)
    assert found.interval().why == f"too few games ({games}; 5 at least)"
    assert np.isnan(found.interval().low)
    assert np.isnan(found.p_value(-1))


def test_two_training_seeds_have_no_interval(rng, resamples):
    assert "too few training seeds (2" in mean(rng.normal(size=(2, 50)), resamples).interval().why


def test_games_that_are_all_alike_have_no_interval(resamples):
    found = mean(np.full(30, 7.1), resamples).interval()
    assert found.value == pytest.approx(7.1)
    assert found.why == "the same in every game"


def test_an_agent_against_itself_differs_in_nothing(rng, resamples):
    values = rng.normal(size=30)
    assert paired_difference(values, values, resamples).p_value() == 1


def test_ties_and_one_outlier_give_a_finite_interval(resamples):
    found = mean([0.0] * 19 + [1.0], resamples).interval()
    assert found.low < 0.05 < found.high
    assert np.isfinite(found[1:3]).all()


@pytest.mark.parametrize("games", [20, 50])
def test_one_success_leaves_room_for_a_better_truth(games, resamples):
    """No resample has a lower mean that varies. Wilson's bounds are those of a share."""
    found = mean([0.0] * (games - 1) + [1.0], resamples).interval(bounds=Bounds(0, 1))
    wilson = stats.binomtest(1, games).proportion_ci(method="wilson")
    assert found.high == pytest.approx(wilson.high, rel=0.4)
    turned = mean([1.0] * (games - 1) + [0.0], resamples).interval(bounds=Bounds(0, 1))
    assert 1 - turned.low == pytest.approx(found.high)


def test_a_score_that_is_no_number_is_refused(resamples):
    with pytest.raises(ValueError, match="1 scores are no .*seed 0, game 2"):
        mean([1.0, 2.0, np.nan, 4.0, 5.0], resamples)


def test_pairs_of_different_length_are_refused(resamples):
    with pytest.raises(ValueError, match="not 6 and 7"):
        paired_difference(np.ones(6), np.ones(7), resamples)


def test_the_same_random_numbers_give_the_same_interval():
    values = np.random.default_rng(1).exponential(size=50)
    first, second = (mean(values, Resamples(np.random.default_rng(5))).interval() for _ in "ab")
    assert first == second


def test_quantiles_are_order_statistics():
    """Of 999 draws the 25th and the 975th bound 95 %: k / (m + 1)."""
    found = Confidence(500.0, np.arange(1, 1000, dtype=float))
    assert found.interval() == Estimate(500, 25, 975)
    assert found.p_value(25) == pytest.approx(0.052)
    assert found.p_value(24.5) == pytest.approx(0.05)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95])
def test_the_interval_of_a_level_leaves_out_just_that_share_of_the_draws(level):
    """With draws 1, 2, …, 9,999 the tails are (1 - level) / 2 of 10,000 to the last draw."""
    draws = np.arange(1.0, 10_000.0)
    tail = round(10_000 * (1 - level) / 2)
    found = Confidence(0.0, draws).interval(level)
    assert (found.low, found.high) == (tail, 10_000 - tail)


def test_an_interval_is_one_of_95_percent_unless_said_otherwise():
    """The width of Student's at 95 %; at 96.7 % it would be 1.087 times as wide."""
    rng = np.random.default_rng(1)
    values = rng.normal(5, 2, 2000)
    low, high = stats.t.interval(0.95, 1999, values.mean(), stats.sem(values))
    widths = [np.ptp(mean(values, Resamples(rng)).interval()[1:3]) for _ in range(5)]
    assert np.mean(widths) / (high - low) == pytest.approx(1, abs=0.02)


def test_a_difference_is_the_first_less_the_second():
    rng = np.random.default_rng(2)
    a, b = rng.normal(3, 1, 50), rng.normal(1, 1, 50)
    for found in (
        paired_difference(a, b, Resamples(rng)),
        independent_difference(mean(a, Resamples(rng)), mean(b, Resamples(rng)), Resamples(rng)),
    ):
        assert found.value == pytest.approx(a.mean() - b.mean())
        low, high = found.interval()[1:3]
        assert 0 < low < found.value < high
        expected = np.sqrt(a.var() / 50 + b.var() / 50)  # a and b are independent draws
        assert np.std(found.draws) == pytest.approx(expected, rel=0.25)


def test_an_interval_stays_within_what_is_possible():
    found = Confidence(0.1, np.arange(-500, 499) / 1000)
    assert found.interval() == Estimate(0.1, -0.476, 0.474)
    assert found.interval(bounds=Bounds(0, 0.3)) == Estimate(0.1, 0, 0.3)
    assert found.interval(0.5, Bounds(low=0)).high == found.interval(0.5).high


def test_the_difference_of_two_shares_lies_between_minus_one_and_one():
    assert Bounds(0, 1).of_difference() == (-1, 1)
    assert Bounds(low=1).of_difference() == (-np.inf, np.inf)


@pytest.mark.parametrize("games", [5, 8, 20, 50])
def test_intervals_of_success_hold_the_truth_in_19_of_20_samples_at_least(games, resamples):
    """By the binomial distribution, not by simulation: bootstrap-t held it in 78 to 88 %."""
    samples = [np.arange(games) < successes for successes in range(1, games)]
    found = [mean(sample.astype(float), resamples).interval() for sample in samples]
    for truth in np.linspace(0.02, 0.98, 49):
        chances = stats.binom.pmf(np.arange(1, games), games, truth)
        missed = [not one.low <= truth <= one.high for one in found]
        assert chances[missed].sum() <= 0.05 + 1e-3
    assert (np.diff([one.low for one in found]) > 0).all()
    assert (np.diff([one.high for one in found]) > 0).all()


def test_two_scores_are_those_of_success_stretched(resamples):
    success, depth = np.array([0.0] * 12 + [1.0] * 3), np.array([2.0] * 12 + [6.0] * 3)
    low, high = np.array(mean(success, resamples).interval()[1:3])
    expected = stats.binomtest(3, 15).proportion_ci(method="exact")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-3)
    assert mean(depth, resamples).interval()[1:3] == pytest.approx((2 + 4 * low, 2 + 4 * high))
