"""Several comparisons at once, and how many games would tell."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.coverage import scenarios
from experiments.analysis.statistics.differences import paired_difference
from experiments.analysis.statistics.multiple import holm, holm_levels
from experiments.analysis.statistics.power import games_to_tell
from experiments.analysis.statistics.resampling import Resamples

P_VALUES = st.lists(st.floats(1e-6, 1), min_size=1, max_size=12)


def test_holm_by_hand():
    """Holm (1979): 4 · 0.005, 3 · 0.01, 2 · 0.03, then no less than the one before."""
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


@given(P_VALUES)
def test_holm_lies_between_the_p_values_and_bonferroni(p):
    adjusted = holm(p)
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (adjusted <= np.minimum(1, len(p) * np.array(p)) + 1e-12).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= -1e-12).all()


def test_what_was_not_compared_does_not_count():
    np.testing.assert_allclose(holm([0.02, math.nan, 0.04]), [0.04, math.nan, 0.04])
    np.testing.assert_allclose(holm_levels([0.02, math.nan, 0.04]), [0.975, math.nan, 0.95])


@given(P_VALUES)
def test_an_adjusted_interval_excludes_zero_just_where_the_adjusted_p_value_says_so(p):
    """An interval of some level excludes zero if p is at most 1 − level."""
    excluded = np.array(p) <= 1 - holm_levels(p) + 1e-12
    np.testing.assert_array_equal(excluded, holm(p) <= 0.05 + 1e-12)


def test_six_equal_agents_seldom_look_different():
    found = scenarios.false_alarms("points", 6, 20, 150, np.random.default_rng(0))
    assert found[scenarios.OURS] <= 0.05 + 2 * 0.018
    assert found["each pair by itself"] > 0.15


def test_games_to_tell_is_the_text_books_number_and_a_few_more():
    """Cohen (1988), a paired t-test, power 80 %, 5 % on two sides: effect 0.5: 34, 0.2: 199."""
    assert 34 <= games_to_tell(0.5, 1) <= 37
    assert 199 <= games_to_tell(-0.2, 1) <= 203


@pytest.mark.parametrize("effect", [0.3, 0.8])
def test_so_many_normal_games_tell_in_four_of_five_experiments(effect):
    rng, n = np.random.default_rng(0), int(games_to_tell(effect, 1))
    resamples, none = Resamples(rng, 999), np.zeros(n)
    told = [
        paired_difference(rng.normal(effect, 1, n), none, resamples).p_value() <= 0.05
        for _ in range(600)
    ]
    assert np.mean(told) == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("metric", ["points", "progression"])
def test_so_many_of_our_games_tell_in_most_experiments(metric):
    """Their differences are skewed, which the formula does not know."""
    _, told = scenarios.power_reached(metric, 0.4, 400, np.random.default_rng(0))
    assert 0.65 < told < 0.87


def test_games_do_not_make_up_for_training_seeds():
    assert games_to_tell(1, 5, seeds=0.05) > games_to_tell(1, 5)
    assert math.isinf(games_to_tell(1, 5, seeds=0.2))
    assert math.isinf(games_to_tell(0, 5))
