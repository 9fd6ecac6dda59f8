"""The running mean and deviation are those of all that was seen, however it was cut up."""

import numpy as np
import pytest

from agents import checkpoint
from agents.policy_gradient.normaliser import LARGEST, SMALLEST_STD, Normaliser

DATA = np.random.default_rng(0).normal(3, 2, (50, 4))


def test_before_anything_was_seen_values_pass_as_they_are():
    assert Normaliser(2).apply(np.array([0.5, -2.0])).tolist() == [0.5, -2.0]


@pytest.mark.parametrize("cuts", [[], [1], [10, 11, 40]])
def test_batches_of_any_size_give_the_same_mean_and_deviation(cuts):
    normaliser = Normaliser(4)
    for batch in np.split(DATA, cuts):
        normaliser.update(batch)
    assert normaliser.mean == pytest.approx(DATA.mean(axis=0))
    assert normaliser.std == pytest.approx(DATA.std(axis=0))


def test_normalised_data_has_mean_0_and_deviation_1():
    normaliser = Normaliser(4)
    normaliser.update(DATA)
    normalised = normaliser.apply(DATA)
    assert normalised.mean(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)
    assert normalised.std(axis=0) == pytest.approx(np.ones(4))


def test_a_feature_that_never_varied_is_not_blown_up_and_outliers_are_clipped():
    normaliser = Normaliser(1)
    normaliser.update(np.ones((10, 1)))
    assert normaliser.apply(np.array([1 + SMALLEST_STD])) == pytest.approx([1.0])
    assert normaliser.apply(np.array([1e6])).tolist() == [LARGEST]


@pytest.mark.parametrize("name", ["count", "mean", "squares"])
def test_deviations_follow_arrays_that_a_checkpoint_fills(name):
    """Each of the three is enough to change them: a mean, by what rounding leaves of it."""
    normaliser = Normaliser(1)
    normaliser.update(np.array([[1.0], [3.0]]))
    before = normaliser.std.copy()
    normaliser.arrays()[name][:] = {"count": 8.0, "mean": 1e12, "squares": 98.0}[name]
    fresh = Normaliser(1)
    checkpoint.fill(fresh.arrays(), normaliser.arrays())
    assert normaliser.std != before
    assert normaliser.std == fresh.std
