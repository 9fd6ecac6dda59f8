"""Several comparisons at once, and how many games would tell."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.coverage import scenarios
from experiments.analysis.statistics.cumulants import Cumulants
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


NORMAL = Cumulants(1.0)  # variance 1, no skew, no heavy tails


def test_games_to_tell_is_the_text_books_number_and_a_few_more():
    """Cohen (1988), a paired t-test, power 80 %, 5 % on two sides: effect 0.5: 34, 0.2: 199."""
    assert 34 <= games_to_tell(0.5, NORMAL) <= 39
    assert 199 <= games_to_tell(-0.2, NORMAL) <= 204


@pytest.mark.parametrize("effect", [0.3, 0.8])
def test_so_many_normal_games_tell_in_four_of_five_experiments(effect):
    rng, n = np.random.default_rng(0), int(games_to_tell(effect, NORMAL))
    resamples, none = Resamples(rng, 999), np.zeros(n)
    told = [
        paired_difference(rng.normal(effect, 1, n), none, resamples).p_value() <= 0.05
        for _ in range(600)
    ]
    assert np.mean(told) == pytest.approx(0.8, abs=0.06)


@pytest.mark.parametrize("effect", [0.4, -0.7])
@pytest.mark.parametrize("metric", ["points", "progression"])
def test_so_many_of_our_skewed_games_tell_in_four_of_five_experiments(metric, effect):
    """The promise is 80 %; 500 experiments have a standard error of 1.8 points."""
    _, told = scenarios.power_reached(metric, effect, None, 500, np.random.default_rng(0))
    assert 0.75 < told < 0.88


def test_the_shape_of_fifty_games_tells_nearly_as_well_how_many_are_needed():
    rng = np.random.default_rng(0)
    games, told = scenarios.power_reached("points", 0.4, 50, 400, rng)
    known, _ = scenarios.power_reached("points", 0.4, None, 1, rng)
    assert games == pytest.approx(known, rel=0.1)
    assert 0.68 < told < 0.88


def test_a_long_tail_towards_zero_takes_more_games_to_tell():
    towards, away = (games_to_tell(0.5, Cumulants(1, skew)) for skew in (-1, 1))
    assert towards > games_to_tell(0.5, NORMAL) >= away
    assert games_to_tell(-0.5, Cumulants(1, 1)) == towards


def test_games_do_not_make_up_for_training_seeds():
    wide = Cumulants(25)
    assert games_to_tell(1, wide, seeds=0.05) > games_to_tell(1, wide)
    assert math.isinf(games_to_tell(1, wide, seeds=0.2))
    assert math.isinf(games_to_tell(0, wide))


def test_cumulants_of_a_sample_are_those_of_scipy():
    sample = np.random.default_rng(0).exponential(3, 200)
    ours = Cumulants.of(sample)
    assert ours.variance == pytest.approx(np.var(sample, ddof=1))
    assert [ours.third, ours.fourth] == pytest.approx(
        [stats.moment(sample, 3), stats.moment(sample, 4) - 3 * stats.moment(sample, 2) ** 2]
    )


def test_cumulants_of_independent_variables_add_up():
    """Of exponential variables with mean 1 they are 1, 2 and 6."""
    once = Cumulants(1, 2, 6)
    assert once.less(once) == Cumulants(2, 0, 12)  # a Laplace variable's
    assert [once.skew, once.kurtosis] == [2, 6]
    assert [Cumulants(0).skew, Cumulants(0).kurtosis] == [0, 0]


def test_no_number_of_games_tells_apart_what_is_the_same():
    assert games_to_tell(0.0, Cumulants.of(np.zeros(20))) == math.inf
    assert games_to_tell(0.0, Cumulants.of(np.arange(20.0) - 9.5)) == math.inf
