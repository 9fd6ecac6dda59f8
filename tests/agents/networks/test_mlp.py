"""The network in numpy."""

import copy
import pickle

import numpy as np
import pytest
from helpers.differences import numerical_gradient, numerical_jacobian

from agents.networks import mlp
from agents.networks.activations import ACTIVATIONS
from agents.networks.mlp import MLP, unflatten
from agents.networks.softmax import sum_jacobian_weights

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS)
every_output = pytest.mark.parametrize("output", ACTIVATIONS)


def build(sizes=(3, 5, 4, 2), seed=0, **keywords):
    network = MLP(sizes, **{"precision": "float64"} | keywords, rng=np.random.default_rng(seed))
    # biases at 0 would hide mistakes
    network.parameters += 0.1 * np.random.default_rng(seed + 1).normal(size=len(network.parameters))
    return network


def data(n=6, n_inputs=3, n_outputs=2):
    rng = np.random.default_rng(2)
    return rng.normal(size=(n, n_inputs)), rng.normal(size=(n, n_outputs))


def losses(network, x, y):
    """Functions that compute a loss anew, and fill the gradient."""
    legal = np.ones(y.shape, np.bool_)
    legal[::2, 1] = False

    def squared_error(**form):
        network.forward(x)
        return network.squared_error(y, **form)

    def cross_entropy(**form):
        network.forward(x)
        return network.cross_entropy(y, **form)

    def masked_cross_entropy(**form):
        network.forward(x)
        return network.cross_entropy(np.where(legal, y, 0), legal, **form)

    return squared_error, cross_entropy, masked_cross_entropy


@every_activation
@every_output
def test_the_gradient_is_the_central_difference(activation, output):
    network = build(activation=activation, output=output)
    for loss in losses(network, *data()):
        expected = numerical_gradient(loss, network.parameters)
        loss()
        assert network.gradient == pytest.approx(expected, abs=1e-7)


@every_activation
def test_what_is_passed_back_is_the_gradient_of_the_inputs(activation):
    network = build(activation=activation)
    x, d_output = data()
    network.forward(x)
    d_x = network.backward(d_output)
    expected = numerical_jacobian(lambda inputs: (network.predict(inputs) * d_output).sum(), x)
    assert d_x == pytest.approx(expected, abs=1e-7)


@every_activation
@every_output
def test_the_long_form_is_the_short_form(activation, output):
    network = build(activation=activation, output=output)
    for loss in losses(network, *data()):
        value = loss()
        short = network.gradient.copy()
        network.gradient[:] = np.nan
        assert loss(form="long") == pytest.approx(value, abs=1e-14)
        assert network.gradient == pytest.approx(short, abs=1e-12)


def test_the_short_form_leaves_out_the_zeros_that_the_long_one_multiplies_by(monkeypatch):
    """Infinity times a zero of a Jacobian is no number; and dz/dW is mostly zeros."""
    network, built = build(output="tanh"), []
    monkeypatch.setattr(
        mlp, "sum_jacobian_weights", lambda *args: built.append(1) or sum_jacobian_weights(*args)
    )
    x, d_output = data()
    d_output[:, 0] = np.inf
    for form, multiplies in (("short", False), ("long", True)):
        network.forward(x)
        with np.errstate(invalid="ignore"):
            network.backward(d_output, form)
        _, of_biases = unflatten(network.gradient, network.sizes)[-1]
        assert np.isnan(of_biases[1]) == multiplies
        assert len(built) == multiplies * len(network.layers)


def test_the_outputs_are_those_of_the_formula():
    network = MLP([2, 2, 1], "relu", "sigmoid", precision="float64", rng=np.random.default_rng(0))
    network.parameters[:] = 1, -1, 2, 1, 0.5, 0, 3, -2, 0.25  # W_1 row by row, b_1, W_2, b_2
    # x = (1, 2): z_1 = (1 + 4 + 0.5, -1 + 2 + 0) = (5.5, 1); z_2 = 16.5 - 2 + 0.25 = 14.75
    assert network.predict(np.array([1.0, 2.0])) == pytest.approx([1 / (1 + np.exp(-14.75))])
    assert network.predict(np.array([[0.0, -1.0]])) == pytest.approx(  # both units are off
        np.array([[1 / (1 + np.exp(-0.25))]])
    )


@every_activation
@every_output
@pytest.mark.parametrize(("precision", "tolerance"), [("float32", 1e-5), ("float64", 1e-12)])
def test_one_example_is_a_row_of_the_batch(activation, output, precision, tolerance):
    mask = np.array([True, False, True])
    network = build(activation=activation, output=output, precision=precision, input_mask=mask)
    x, _ = data()
    rows = network.predict(x)
    assert (rows == network.forward(x)).all()
    for one, row in zip(x, rows, strict=True):
        assert network.predict(one) == pytest.approx(row, abs=tolerance)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_precision_is_kept_whatever_comes_in(precision):
    network = build(precision=precision)
    for x in data()[0].astype(np.float32), data()[0]:
        assert network.predict(x).dtype == network.predict(x[0]).dtype == precision
        assert network.forward(x).dtype == precision
        network.squared_error(np.zeros((6, 2)))
        assert network.gradient.dtype == network.parameters.dtype == precision
    assert (network.predict(np.array([1, 2, 3])) == network.predict([1.0, 2.0, 3.0])).all()


def test_masked_inputs_do_not_matter_and_their_weights_stay():
    mask = np.array([True, False, True])
    network = build(input_mask=mask)
    x, y = data()
    other = np.where(mask, x, 1e6)
    assert (network.predict(x) == network.predict(other)).all()
    assert (network.predict(x[0]) == network.predict(other[0])).all()
    for loss in losses(network, other, y):
        expected = numerical_gradient(loss, network.parameters)
        loss()
        assert network.gradient == pytest.approx(expected, abs=1e-7)
        assert (network.gradient[:15].reshape(3, 5)[1] == 0).all()
        assert (network.gradient[:15].reshape(3, 5)[[0, 2]] != 0).any()
    assert (network.backward(y)[:, 1] == 0).all()


@pytest.mark.parametrize(
    "duplicate", [copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))]
)
def test_a_copy_is_whole_and_its_layers_are_its_own_vector(duplicate):
    network = build(input_mask=np.array([True, True, False]))
    x, y = data()
    network.forward(x)
    twin = duplicate(network)
    before = network.predict(x)
    assert (twin.predict(x) == before).all()
    twin.parameters[:] = 0
    assert (twin.predict(x) == 0).all()
    assert (twin.layers[0][0] == 0).all()
    assert (network.predict(x) == before).all()
    twin.forward(x)
    twin.squared_error(y)
    assert (twin.gradient[-2:] != 0).all()
    with pytest.raises(RuntimeError, match=r"forward\(\) first"):
        duplicate(network).squared_error(y)


def test_it_learns_xor():
    # as in the post: 2-2-1, sigmoid, squared error
    x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([[0], [1], [1], [0.0]])
    network = MLP([2, 2, 1], "sigmoid", "sigmoid", "glorot", "float64",
                  rng=np.random.default_rng(1))  # fmt: skip
    for _ in range(10_000):
        network.forward(x)
        network.squared_error(y)
        network.parameters -= 5 * network.gradient
    assert np.around(network.predict(x)).tolist() == y.tolist()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sizes": [3]}, "two or more positive whole numbers"),
        ({"sizes": [3, 0, 2]}, "two or more positive whole numbers"),
        ({"sizes": [3, 1.5, 2]}, "two or more positive whole numbers"),
        ({"activation": "swish"}, "unknown activation 'swish': Valid: relu, tanh"),
        ({"output": "softmax"}, "unknown activation 'softmax': Valid: relu, tanh"),
        ({"input_mask": np.ones(4, np.bool_)}, r"input mask must have shape \(3,\), got \(4,\)"),
    ],
)
def test_what_makes_no_network_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        MLP(**{"sizes": [3, 2], "rng": np.random.default_rng(0)} | arguments)


def test_the_largest_network_that_may_be_is_made_and_none_larger(monkeypatch):
    monkeypatch.setattr(mlp, "MOST_WEIGHTS", (3 + 1) * 5 + (5 + 1) * 2)
    monkeypatch.setattr(mlp, "MOST_LAYERS", 2)
    assert build((3, 5, 2)).parameters.shape == (32,)
    with pytest.raises(ValueError, match="3 × 5 × 3 have 38 weights: at most 32"):
        build((3, 5, 3))
    with pytest.raises(ValueError, match="2 hidden layers are too many: at most 1"):
        build((3, 1, 1, 2))


@pytest.mark.parametrize("shape", [(2,), (4,), (2, 4), (1, 1, 3)])
def test_inputs_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match="must have shape"):
        build().predict(np.zeros(shape))


def test_a_loss_needs_outputs_first():
    for call in "backward", "squared_error", "cross_entropy":
        with pytest.raises(RuntimeError, match=r"forward\(\) first"):
            getattr(build(), call)(np.zeros((1, 2)))
