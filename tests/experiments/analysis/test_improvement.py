"""Probability of improvement: Mann and Whitney's U, and intervals that cover."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from experiments.analysis.coverage import scenarios
from experiments.analysis.statistics.improvement import (
    improvement_confidence,
    probability_of_improvement,
)
from experiments.analysis.statistics.resampling import Resamples

SAMPLES = arrays(float, st.integers(1, 40), elements=st.integers(-1000, 1000).map(float))
TIMES = 400  # a coverage of 95 % has a standard error of 1.1 points then


@pytest.fixture
def resamples():
    return Resamples(np.random.default_rng(0))


@given(SAMPLES, SAMPLES)
def test_it_is_mann_whitneys_u_over_the_number_of_pairs(a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy's p-value of tiny or equal samples
        u = stats.mannwhitneyu(a, b).statistic
    assert probability_of_improvement(a, b) == pytest.approx(u / (len(a) * len(b)))


@pytest.mark.parametrize("paired", [True, False])
def test_its_interval_covers_near_what_it_promises(paired):
    rng = np.random.default_rng(0)
    found = scenarios.improvement_covered("progression", 50, paired, TIMES, rng)
    assert 0.91 <= found[scenarios.OURS] <= 0.985


@pytest.mark.parametrize("games", [20, 200])
def test_it_covers_for_pairs_that_go_together(games):
    rng = np.random.default_rng(0)
    found = scenarios.correlated_improvement_covered("progression", games, 0.8, TIMES, rng)
    assert 0.92 <= found[scenarios.OURS] <= 0.985


def test_pairs_that_go_together_narrow_the_interval(resamples):
    rng = np.random.default_rng(1)
    game = rng.normal(size=100)
    a, b = game + 0.3 * rng.normal(size=(2, 100)) + [[0.5], [0]]
    widths = [
        np.diff(improvement_confidence(a, b, resamples, paired).interval()[1:3])[0]
        for paired in (True, False)
    ]
    assert widths[0] < 0.7 * widths[1]


def test_its_p_value_is_nearly_that_of_brunner_and_munzel(resamples):
    rng = np.random.default_rng(2)
    a, b = rng.normal(0.3, 1, 80), rng.normal(0, 2, 120)
    found = improvement_confidence(a, b, resamples, paired=False).p_value(0.5)
    assert found == pytest.approx(stats.brunnermunzel(a, b).pvalue, abs=0.03)


def test_agents_apart_in_every_game_have_a_bound_from_one_side(resamples):
    found = improvement_confidence(np.arange(20) + 100.0, np.arange(20), resamples)
    assert found.interval()[1:3] == pytest.approx([0.05 ** (1 / 20), 1], abs=0.005)
    turned = improvement_confidence(np.arange(20), np.arange(20) + 100.0, resamples)
    assert turned.interval()[1:3] == pytest.approx([0, 1 - 0.05 ** (1 / 20)], abs=0.005)


def test_training_seeds_that_differ_widen_the_interval(resamples):
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=(2, 4, 60))
    apart = a + 2 * rng.normal(size=(4, 1))
    widths = [
        np.diff(improvement_confidence(x, b, resamples).interval()[1:3])[0] for x in (a, apart)
    ]
    assert widths[1] > 2 * widths[0]


def test_games_whose_placements_are_all_alike_give_no_interval(resamples):
    ranks = np.arange(20.0)
    found = improvement_confidence(ranks + 0.5, ranks, resamples).interval()
    assert found.why and np.isnan([found.low, found.high]).all()
    same = improvement_confidence(np.ones(20), np.ones(20), resamples).interval()
    assert same.value == 0.5 and same.why
