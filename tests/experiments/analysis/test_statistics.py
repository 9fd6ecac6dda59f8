"""The statistics of a comparison agree with scipy, with closed forms and with each other."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from experiments.analysis.statistics import (
    Estimate,
    bootstrap,
    iqm,
    mean,
    median,
    paired_difference,
    probability_of_improvement,
    running_mean,
)

SAMPLES = arrays(float, st.integers(1, 40), elements=st.integers(-1000, 1000).map(float))


@given(SAMPLES)
def test_iqm_is_scipys_trimmed_mean(values):
    assert iqm(values) == pytest.approx(stats.trim_mean(values, 0.25))


def test_iqm_works_row_by_row():
    rows = np.array([[1.0, 2.0, 3.0, 100.0], [0.0, 0.0, 8.0, 8.0]])
    assert iqm(rows).tolist() == [2.5, 4.0]


@pytest.mark.parametrize(("ours", "theirs"), [(mean, np.mean), (median, np.median)])
def test_interval_agrees_with_scipys_percentile_bootstrap(ours, theirs):
    values = np.random.default_rng(1).exponential(100, size=60)
    expected = stats.bootstrap(
        (values,), theirs, method="percentile", n_resamples=20_000, rng=np.random.default_rng(2)
    ).confidence_interval
    found = bootstrap(values, ours, np.random.default_rng(3), resamples=20_000)
    assert found.value == pytest.approx(theirs(values))
    assert found.low == pytest.approx(expected.low, rel=0.03)
    assert found.high == pytest.approx(expected.high, rel=0.03)


def test_interval_of_a_mean_is_nearly_that_of_the_normal_distribution():
    values = np.random.default_rng(1).normal(50, 10, size=400)
    half = 1.96 * values.std() / np.sqrt(400)
    found = bootstrap(values, mean, np.random.default_rng(2))
    assert found.low == pytest.approx(values.mean() - half, abs=0.1)
    assert found.high == pytest.approx(values.mean() + half, abs=0.1)


def test_interval_of_a_constant_sample_is_a_point():
    assert bootstrap(np.full(5, 7.0), mean, np.random.default_rng(0)) == (7.0, 7.0, 7.0)


def test_paired_difference_keeps_pairs_together():
    """Games differ wildly, but A is always 1 better: unpaired, that would drown in the noise."""
    b = np.random.default_rng(1).normal(0, 1000, size=30).round()
    difference = paired_difference(b + 1, b, np.random.default_rng(0))
    assert difference == pytest.approx((1.0, 1.0, 1.0))
    assert difference.excludes_zero


def test_paired_difference_refuses_samples_of_different_length():
    with pytest.raises(ValueError, match="not 2 and 3"):
        paired_difference(np.ones(2), np.ones(3), np.random.default_rng(0))


@given(SAMPLES, SAMPLES)
def test_probability_of_improvement_is_mann_whitneys_u_over_the_number_of_pairs(a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy's p-value of tiny or equal samples
        u = stats.mannwhitneyu(a, b).statistic
    found = probability_of_improvement(a, b, np.random.default_rng(0), resamples=10)
    assert found.value == pytest.approx(u / (len(a) * len(b)))


def test_interval_of_the_probability_of_improvement_agrees_with_resampling_by_hand():
    rng = np.random.default_rng(1)
    a, b = rng.normal(0.5, 1, size=25), rng.normal(0, 1, size=35)
    drawn = [
        stats.mannwhitneyu(rng.choice(a, 25), rng.choice(b, 35)).statistic / (25 * 35)
        for _ in range(800)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    found = probability_of_improvement(a, b, np.random.default_rng(2))
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


def test_only_an_interval_on_one_side_of_zero_excludes_it():
    assert Estimate(2, 1, 3).excludes_zero
    assert Estimate(-2, -3, -1).excludes_zero
    assert not Estimate(1, 0, 2).excludes_zero


@given(SAMPLES, st.integers(1, 50))
def test_running_mean_is_the_mean_of_the_last_values(values, window):
    expected = [values[max(0, i + 1 - window) : i + 1].mean() for i in range(len(values))]
    np.testing.assert_allclose(running_mean(values, window), expected, atol=1e-9)
