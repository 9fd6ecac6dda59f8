"""Arrays of small integers and of truth values count as the numbers they show."""

import numpy as np
import pytest

from agents.networks import losses, softmax
from agents.networks.activations import ACTIVATIONS
from agents.networks.floats import as_floats

Z = np.array([[100, -100, 3], [0, 127, -128]], np.int8)
S, Y = np.array([[0, 1, 0], [1, 0, 0]], np.uint8), np.array([[0, 1, 0], [0, 0, 1]], np.uint8)
X, W = np.array([[100, 0], [3, 200]], np.uint8), np.array([[100, -100, 3], [1, 2, 3]], np.int8)
LEGAL = np.array([[True, True, False], [True, False, True]])
CALLS = {
    "softmax": (softmax.softmax, Z),
    "softmax, legal": (softmax.softmax, Z, LEGAL),
    "log_softmax": (softmax.log_softmax, Z),
    "log_softmax, legal": (softmax.log_softmax, Z, LEGAL),
    "softmax_jacobian": (softmax.softmax_jacobian, S),
    "cross_entropy": (softmax.cross_entropy, S[:1], Y[:1]),
    "cross_entropy_gradient": (softmax.cross_entropy_gradient, S[:1], Y[:1]),
    "logits_gradient_long": (softmax.logits_gradient_long, S[:1], Y[:1]),
    "logits_gradient_short": (softmax.logits_gradient_short, S, Y),
    "sum_jacobian_weights": (softmax.sum_jacobian_weights, X, 3),
    "layer_jacobian_weights_long": (softmax.layer_jacobian_weights_long, X, S),
    "layer_jacobian_weights_short": (softmax.layer_jacobian_weights_short, X, S),
    "layer_jacobian_inputs_long": (softmax.layer_jacobian_inputs_long, W, S),
    "layer_jacobian_inputs_short": (softmax.layer_jacobian_inputs_short, W, S),
    "weights_gradient_long": (softmax.weights_gradient_long, X[:1], S[:1], Y[:1]),
    "weights_gradient_short": (softmax.weights_gradient_short, X, S, Y),
    "inputs_gradient_long": (softmax.inputs_gradient_long, W, S[:1], Y[:1]),
    "inputs_gradient_short": (softmax.inputs_gradient_short, W, S, Y),
    "softmax_cross_entropy": (losses.softmax_cross_entropy, Z, Y),
    "squared_error": (losses.squared_error, S, Y),
}


@pytest.mark.parametrize("call", CALLS)
def test_integers_give_what_the_same_floats_give(call):
    function, *arguments = CALLS[call]
    floats = [a.astype(float) if isinstance(a, np.ndarray) and a.dtype != bool else a
              for a in arguments]  # fmt: skip
    for found, expected in zip(
        np.atleast_1d(function(*arguments)) if not isinstance(function(*arguments), tuple)
        else function(*arguments),
        np.atleast_1d(function(*floats)) if not isinstance(function(*floats), tuple)
        else function(*floats), strict=True,
    ):  # fmt: skip
        assert np.asarray(found) == pytest.approx(np.asarray(expected), rel=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_of_integers_are_those_of_floats(name):
    apply = ACTIVATIONS[name].apply
    assert apply(Z) == pytest.approx(apply(Z.astype(float)), rel=1e-12)


def test_truth_values_are_one_hot_targets():
    s = np.array([0.25, 0.5, 0.25])
    y = np.array([False, True, False])
    assert softmax.cross_entropy(s, y) == pytest.approx(np.log(2))
    assert softmax.cross_entropy_gradient(s, y).tolist() == [0, -2, 0]


def test_floats_are_left_as_they_are():
    x = np.ones(2, np.float32)
    assert as_floats(x) is x
