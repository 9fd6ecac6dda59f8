"""Formulas against numbers derived by hand."""

import math

import numpy as np
import pytest

from experiments.testbed.theory import (
    bernoulli_divergence,
    best_looking_is_best,
    best_looking_value,
    expected_maximum_normal,
    expected_maximum_uniform,
    exploration_cost,
    gaussian_divergence,
    lai_robbins,
    ucb1_bound,
)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, 0.0),
        (2, 1 / math.sqrt(math.pi)),
        (3, 1.5 / math.sqrt(math.pi)),
        (10, 1.53875),  # tables of normal order statistics (Harter, 1961)
    ],
)
def test_the_expected_maximum_of_normal_numbers(n, expected):
    assert expected_maximum_normal(n) == pytest.approx(expected, abs=1e-5)


def test_the_expected_maximum_of_uniform_numbers():
    assert expected_maximum_uniform(1) == 1 / 2
    assert expected_maximum_uniform(10) == 10 / 11


def test_the_best_looking_of_two_arms_is_the_best_three_times_in_four():
    """By the normal orthant probability: 1/2 + asin(ρ) / π with ρ = 1 / √2, so 1/2 + 1/4."""
    assert best_looking_is_best(2) == pytest.approx(0.75, abs=1e-4)
    assert best_looking_is_best(1) == pytest.approx(1, abs=1e-4)


def test_the_best_looking_of_two_arms_is_worth_half_its_reward():
    """Rewards are N(0, 2): the larger of two is √2 / √π on average, and q is half of it."""
    assert best_looking_value(2) == pytest.approx(1 / math.sqrt(2 * math.pi))


def test_divergences():
    assert bernoulli_divergence(0.5, 0.5) == 0
    assert bernoulli_divergence(0.5, 0.25) == pytest.approx(0.5 * math.log(4 / 3))
    assert bernoulli_divergence(0, 0.5) == pytest.approx(math.log(2))
    assert bernoulli_divergence(0.5, 1.0) == math.inf
    assert gaussian_divergence(1, 3) == 2


def test_the_lai_robbins_constant():
    """Σ Δ / KL over the arms that are not best; of Gaussian ones Δ / (Δ² / 2) = 2 / Δ."""
    divergence = 0.25 * math.log(0.5) + 0.75 * math.log(1.5)  # of 0.25 from 0.5
    means = np.array([0.5, 0.25, 0.5])
    assert lai_robbins(means, "bernoulli") == pytest.approx(0.25 / divergence)
    assert lai_robbins(np.array([1.0, 0.5, 0.0]), "gaussian") == pytest.approx(2 / 0.5 + 2 / 1)
    assert lai_robbins(np.array([0.3, 0.3]), "bernoulli") == 0


def test_ucb1_s_bound():
    """Two arms, Δ = 0.5: 16 ln t + (1 + π²/3) / 2."""
    bound = ucb1_bound(np.array([0.9, 0.4]), np.array([1.0, math.e, 100.0]))
    rest = (1 + math.pi**2 / 3) / 2
    np.testing.assert_allclose(bound, [rest, 16 + rest, 16 * math.log(100) + rest])


def test_what_exploring_costs():
    """One time in ten, half of the time on the arm that is worse by 0.4."""
    assert exploration_cost(np.array([0.9, 0.5]), 0.1) == pytest.approx(0.02)
