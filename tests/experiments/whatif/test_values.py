"""What futures say, and with how much doubt: against published figures and other libraries."""

import numpy as np
import pytest
from helpers.made_futures import future
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_ind

from envs.futures import Lost
from experiments.whatif.values import Futures, difference, estimate, judge, newcombe, ranked, wilson


def sample(action, survived):
    found = Futures(action)
    for index, alive in enumerate(survived):
        found.add(future(action, index, bool(alive)))
    return found


@given(st.integers(1, 200), st.data())
def test_the_interval_of_a_share_is_wilsons(n, data):
    k = data.draw(st.integers(0, n))
    ours, theirs = wilson(k, n), binomtest(k, n).proportion_ci(method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert ours.value == k / n


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(a, b, low, high):
    found = newcombe(wilson(*a), wilson(*b))
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_the_best_is_chosen_on_one_half_and_judged_on_the_other():
    even_only = [1, 0] * 8  # survives in the half that chooses, never in the other
    verdict = judge([sample(0, [0, 1] * 8), sample(1, even_only)], played=0, measure="survival")
    assert verdict.best == 1 and verdict.gain.value == -1.0 and verdict.gain.high < 0


def test_among_choices_that_are_all_alike_the_judged_gain_is_zero_on_average():
    rng, judged, naive = np.random.default_rng(0), [], []
    for _ in range(300):
        found = [sample(action, rng.random(20) < 0.5) for action in range(8)]
        judged.append(judge(found, 0, "survival").gain.value)
        means = [f.values("survival").mean() for f in found]
        naive.append(max(means) - means[0])
    assert abs(np.mean(judged)) < 0.03 and np.mean(naive) > 0.1


def test_the_choice_itself_wins_ties_and_gains_nothing():
    verdict = judge([sample(3, [1] * 8), sample(1, [1] * 8)], played=3, measure="survival")
    assert verdict.best == 3 and verdict.gain[:3] == (0, 0, 0)


def test_without_futures_there_is_no_verdict():
    assert judge([Futures(0), sample(1, [1, 1])], played=0, measure="survival") is None
    assert judge([sample(0, [1]), sample(1, [1])], played=0, measure="survival") is None


def test_lost_futures_are_kept_apart():
    found = sample(0, [1, 0])
    found.add(Lost(0, 2, "crashed"))
    assert len(found.played) == 2 and len(found.lost) == 1
    assert ranked([Futures(1), found], "survival") == [found]


def test_points_have_an_interval_where_futures_differ_and_none_where_they_are_alike():
    varied, alike = (np.array(points, float) for points in ([10, 30, 20, 50, 15], [20] * 5))
    found = estimate(varied, "points")
    assert found.low < found.value == 25 < found.high
    assert estimate(alike, "points").value == 20 and estimate(alike, "points").why
    gain = difference(varied, varied + 100, "points")
    assert gain.value == -100 and gain.low < -100 < gain.high < 0
    assert estimate(varied, "points") == estimate(varied, "points")


def test_the_interval_of_a_difference_of_points_is_nearly_welchs():
    rng = np.random.default_rng(3)
    a, b = rng.normal(10, 1, 200), rng.normal(7, 3, 300)
    expected = ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    found = difference(a, b, "points")
    assert found[1:3] == pytest.approx([expected.low, expected.high], abs=0.04)
    assert found.value == pytest.approx(a.mean() - b.mean())


def test_the_interval_of_a_difference_in_survival_is_newcombes():
    a, b = np.repeat([1.0, 0.0], [56, 14]), np.repeat([1.0, 0.0], [48, 32])
    assert difference(a, b, "survival")[1:3] == pytest.approx((0.0524, 0.3339), abs=6e-5)
