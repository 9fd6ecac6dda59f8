"""The weights that a network begins with."""

import numpy as np
import pytest

from agents.networks.mlp import MLP, initial_parameters, unflatten

SIZES = (400, 300, 200)


@pytest.mark.parametrize(
    ("name", "variances"),
    [("he", [2 / 400, 2 / 300]), ("glorot", [2 / 700, 2 / 500])],
)
def test_weights_are_uniform_with_the_papers_variance_and_biases_0(name, variances):
    parameters = initial_parameters(SIZES, name, np.random.default_rng(0))
    for (w, b), variance in zip(unflatten(parameters, SIZES), variances, strict=True):
        assert w.var() == pytest.approx(variance, rel=0.02)
        assert abs(w.mean()) < 4 * (variance / w.size) ** 0.5
        assert np.abs(w).max() == pytest.approx((3 * variance) ** 0.5, rel=0.001)
        assert (b == 0).all()


def test_relu_layers_keep_the_scale_of_their_inputs():
    # He et al. (2015), equation 10: E[a²] stays as it is from layer to layer.
    network = MLP([300] * 11, output="relu", rng=np.random.default_rng(0))
    x = np.random.default_rng(1).normal(size=(200, 300))
    assert (network.predict(x) ** 2).mean() == pytest.approx(1, rel=0.5)


def test_the_same_generator_draws_the_same_weights():
    one, same, other = (MLP([3, 4, 2], rng=np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert (one.parameters == same.parameters).all()
    assert (one.parameters != other.parameters).any()


def test_an_unknown_initialisation_is_refused():
    with pytest.raises(ValueError, match="unknown initialisation 'xavier': Valid: he, glorot"):
        MLP([1, 1], initialisation="xavier", rng=np.random.default_rng(0))
