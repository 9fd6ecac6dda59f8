"""Robust aggregates are rliable's, and scipy's; `rliable/README.md` says how they were made."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from experiments.analysis.statistics.improvement import (
    mean_probability_of_improvement,
    probability_of_improvement,
)
from experiments.analysis.statistics.resampling import Resamples
from experiments.analysis.statistics.robust import (
    iqm,
    iqm_confidence,
    optimality_gap,
    performance_profile,
    stratified_iqm,
    task_profile,
)
from experiments.analysis.statistics.smoothing import window_of, windows

SAMPLES = arrays(float, st.integers(1, 40), elements=st.integers(-1000, 1000).map(float))


@pytest.fixture(scope="module")
def rliable():
    return json.loads((Path(__file__).parent / "rliable/reference.json").read_text())


@pytest.mark.parametrize("name", ["a", "b"])
def test_iqm_and_optimality_gap_are_rliables(rliable, name):
    assert iqm(rliable[name]) == pytest.approx(rliable["iqm"][name], rel=1e-12)
    gap = optimality_gap(rliable[name], rliable["target"])
    assert gap == pytest.approx(rliable["optimality_gap"][name], rel=1e-12)


def test_performance_profiles_are_rliables(rliable):
    runs = performance_profile(rliable["a"], rliable["thresholds"])
    tasks = task_profile(rliable["a"], rliable["thresholds"])
    np.testing.assert_allclose(runs, rliable["performance_profile"], atol=1e-12)
    np.testing.assert_allclose(tasks, rliable["mean_score_profile"], atol=1e-12)


def test_probability_of_improvement_is_rliables(rliable):
    a, b = rliable["a"], rliable["b"]
    by_task = mean_probability_of_improvement(a, b)
    assert by_task == pytest.approx(rliable["probability_of_improvement"], rel=1e-12)
    pooled = probability_of_improvement(a, b)
    assert pooled == pytest.approx(rliable["probability_of_improvement_pooled"], rel=1e-12)


def test_the_stratified_interval_is_rliables(rliable):
    found = stratified_iqm(rliable["a"], Resamples(np.random.default_rng(0))).interval()
    assert found[1:3] == pytest.approx(rliable["iqm_interval"], abs=0.02)


@given(SAMPLES)
def test_iqm_is_scipys_trimmed_mean(values):
    assert iqm(values) == pytest.approx(stats.trim_mean(values, 0.25))


def test_the_interval_of_the_iqm_is_scipys_percentile_bootstrap():
    values = np.random.default_rng(1).exponential(100, size=60)

    def trimmed(x, axis):
        return stats.trim_mean(x, 0.25, axis=axis)

    expected = stats.bootstrap(
        (values,), trimmed, method="percentile", random_state=np.random.default_rng(2)
    ).confidence_interval
    found = iqm_confidence(values, Resamples(np.random.default_rng(3))).interval()
    assert found[1:3] == pytest.approx([expected.low, expected.high], rel=0.03)


def test_training_seeds_that_differ_widen_the_interval_of_the_iqm():
    rng = np.random.default_rng(0)
    alike, resamples = rng.normal(size=(4, 50)), Resamples(rng)
    apart = alike + np.arange(4)[:, None]
    widths = [np.diff(iqm_confidence(x, resamples).interval()[1:3])[0] for x in (alike, apart)]
    assert widths[1] > 2 * widths[0]


@given(SAMPLES, st.integers(1, 50))
def test_windows_hold_every_game_once_and_weigh_to_the_mean(values, window):
    middle, mean, error = windows(values, window)
    sizes = np.full(len(mean), window if len(values) >= window else len(values))
    sizes[-1] = len(values) - sizes[:-1].sum()
    assert window_of(len(values)) >= 1
    assert len(error) == len(middle)
    np.testing.assert_allclose(mean @ sizes / len(values), values.mean(), atol=1e-9)
    np.testing.assert_allclose(middle @ sizes / len(values), (len(values) + 1) / 2)
