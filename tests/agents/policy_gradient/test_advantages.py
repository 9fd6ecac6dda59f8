"""Advantages of decisions of unequal length, and what bounds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.policy_gradient.advantages import advantages

R, GAMMA = np.array([1.0, 2.0, 4.0]), np.array([0.9**2, 0.9**5, 0.0])  # k = 2, 5; then death
V, NEXT_V = np.array([0.5, 1.5, 2.5]), np.array([1.5, 2.5, 99.0])
LAST = np.array([False, False, True])


def test_trace_1_gives_the_discounted_return_less_the_baseline():
    returns = [1 + 0.9**2 * (2 + 0.9**5 * 4), 2 + 0.9**5 * 4, 4.0]
    assert advantages(R, GAMMA, V, NEXT_V, LAST, 1.0) == pytest.approx(np.array(returns) - V)


def test_trace_0_gives_the_temporal_difference():
    expected = [1 + 0.9**2 * 1.5 - 0.5, 2 + 0.9**5 * 2.5 - 1.5, 4 - 2.5]
    assert advantages(R, GAMMA, V, NEXT_V, LAST, 0.0) == pytest.approx(expected)


def test_a_truncated_game_goes_on_with_the_value_of_its_last_state():
    discounts = np.array([0.9**2, 0.9**5, 0.9**3])
    last_return = 4 + 0.9**3 * 10
    found = advantages(R, discounts, V, np.array([1.5, 2.5, 10.0]), LAST, 1.0)
    assert found[2] == pytest.approx(last_return - 2.5)
    assert found[1] == pytest.approx(2 + 0.9**5 * last_return - 1.5)


def test_nothing_flows_from_one_game_into_the_one_before():
    discounts, last = np.full(4, 0.9), np.array([False, True, False, True])
    values, ahead = np.zeros(4), np.zeros(4)
    one = advantages(np.array([1.0, 1, 1, 1]), discounts, values, ahead, last, 1.0)
    two = advantages(np.array([1.0, 1, 50, 70]), discounts, values, ahead, last, 1.0)
    assert one[:2].tolist() == two[:2].tolist() == [1.9, 1.0]


@given(st.data(), st.integers(1, 8), st.floats(0, 1))
def test_an_advantage_is_the_weighted_sum_of_later_temporal_differences(data, n, trace):
    numbers = st.lists(st.floats(-10, 10), min_size=n, max_size=n)
    r, v, next_v = (np.array(data.draw(numbers)) for _ in range(3))
    discounts = np.array(data.draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    last = np.arange(n) == n - 1
    delta = r + discounts * next_v - v
    expected = [
        sum(np.prod(discounts[t:u] * trace) * delta[u] for u in range(t, n)) for t in range(n)
    ]
    assert advantages(r, discounts, v, next_v, last, trace) == pytest.approx(expected, abs=1e-9)


def test_a_stream_that_goes_on_is_cut_off_after_its_last_temporal_difference():
    discounts, last = np.full(3, 0.9), np.zeros(3, bool)
    delta = R + discounts * NEXT_V - V
    expected = delta[0] + 0.45 * (delta[1] + 0.45 * delta[2])
    found = advantages(R, discounts, V, NEXT_V, last, 0.5)
    assert found[[0, 2]] == pytest.approx([expected, delta[2]])
