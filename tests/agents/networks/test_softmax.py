"""The softmax derivation: the posts' figures, their errors, and the calculus."""

import numpy as np
import pytest
from helpers.differences import numerical_jacobian
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from agents.networks.softmax import (
    cross_entropy,
    cross_entropy_gradient,
    inputs_gradient_long,
    inputs_gradient_short,
    layer_jacobian_inputs_long,
    layer_jacobian_inputs_short,
    layer_jacobian_weights_long,
    layer_jacobian_weights_short,
    log_softmax,
    logits_gradient_long,
    logits_gradient_short,
    softmax,
    softmax_jacobian,
    sum_jacobian_weights,
    weights_gradient_long,
    weights_gradient_short,
    weights_layout,
)

# ---- The example of parts 2 and 3 ----

X = np.array([0.1, 0.5, 0.4])
W = np.array([[0.1, 0.2, 0.3, 0.4, 0.5], [0.6, 0.7, 0.8, 0.9, 0.1], [0.11, 0.12, 0.13, 0.14, 0.15]])
S = np.array([0.19091352, 0.20353145, 0.21698333, 0.23132428, 0.15724743])
Y = np.array([0.0, 0, 1, 0, 0])  # class 3

# Part 2 cuts digits off where it does not round them, hence one unit of the last one.
JACOBIAN = [
    [0.154465, -0.038856, -0.041425, -0.044162, -0.030020],
    [-0.038856, 0.162106, -0.044162, -0.047081, -0.032004],
    [-0.041425, -0.044162, 0.1699015, -0.050193, -0.034120],
    [-0.044162, -0.047081, -0.050193, 0.177813, -0.036375],
    [-0.030020, -0.032004, -0.034120, -0.036375, 0.132520],
]
# fmt: off
LAYER_DERIVATIVE = [
    [0.01544, 0.07723, 0.06178, -0.00388, -0.01942, -0.01554, -0.00414, -0.02071, -0.01657,
     -0.00441, -0.02208, -0.01766, -0.00300, -0.01501, -0.01200],
    [-0.00388, -0.01942, -0.01554, 0.01621, 0.08105, 0.06484, -0.00441, -0.02208, -0.01766,
     -0.00470, -0.02354, -0.01883, -0.00320, -0.01600, -0.01280],
    [-0.00414, -0.02071, -0.01657, -0.00441, -0.02208, -0.01766, 0.01699, 0.08495, 0.06796,
     -0.00501, -0.02509, -0.02007, -0.00341, -0.01706, -0.01364],
    [-0.00441, -0.02208, -0.01766, -0.00470, -0.02354, -0.01883, -0.00501, -0.02509, -0.02007,
     0.01778, 0.08890, 0.07112, -0.00363, -0.01818, -0.01455],
    [-0.00300, -0.01501, -0.01200, -0.00320, -0.01600, -0.01280, -0.00341, -0.01706, -0.01364,
     -0.00363, -0.01818, -0.01455, 0.01325, 0.06626, 0.05300],
]
# fmt: on
PRINTED_GRADIENT = [  # part 3, by both of its forms
    [0.01909135, 0.09545676, 0.07636541, 0.02035314, 0.10176572],
    [0.08141258, -0.07830167, -0.39150833, -0.31320667, 0.02313243],
    [0.11566214, 0.09252971, 0.01572474, 0.07862371, 0.06289897],
]


def test_the_posts_softmax_output():
    assert softmax(X @ W) == pytest.approx(S, abs=5e-9)


def test_the_posts_loss_and_its_derivative():
    s = softmax(X @ W)
    assert cross_entropy(s, Y) == pytest.approx(1.5279347484961026, abs=1e-15)
    printed = [0, 0, -4.60864, 0, 0]  # cut off, not rounded: -4.608649
    assert cross_entropy_gradient(s, Y) == pytest.approx(printed, abs=1e-5)


def test_the_posts_jacobian():
    assert softmax_jacobian(softmax(X @ W)) == pytest.approx(np.array(JACOBIAN), abs=1e-6)


def test_the_posts_derivative_of_the_sum():
    expected = np.zeros((15, 5))  # printed with the weights downwards
    for k in range(5):
        expected[3 * k : 3 * k + 3, k] = 0.1, 0.5, 0.4
    assert sum_jacobian_weights(X, 5).T.tolist() == expected.tolist()


@pytest.mark.parametrize("form", [layer_jacobian_weights_long, layer_jacobian_weights_short])
def test_the_posts_derivative_of_the_layer(form):
    ours = form(X, softmax(X @ W))  # (K, D, K); the post counts the weights output by output
    ours = ours.transpose(0, 2, 1).reshape(5, 15)
    assert ours == pytest.approx(np.array(LAYER_DERIVATIVE), abs=1.01e-5)


def test_part_1_the_jacobian():
    s = np.array([
        0.16205870737014744, 0.1530827392322831, 0.22661095862407418, 0.226342511074585, 0.23190508,
    ])  # fmt: skip
    jacobian = softmax_jacobian(s)
    expected = [
        [0.13579568, -0.02480839, -0.03672428, -0.03668077, -0.03758224],
        [-0.02480839, 0.12964841, -0.03469023, -0.03464913, -0.03550067],
        [-0.03672428, -0.03469023, 0.17525843, -0.05129169, -0.05255223],
        [-0.03668077, -0.03464913, -0.05129169, 0.17511158, -0.05248998],
        [-0.03758224, -0.03550067, -0.05255223, -0.05248998, 0.17812512],
    ]
    assert jacobian == pytest.approx(np.array(expected), abs=1e-8)
    assert jacobian.diagonal()[:3] == pytest.approx(
        [0.13579568273566436, 0.12964841418142392, 0.1752584320555523], abs=1e-15
    )
    assert [jacobian[0, 1], jacobian[1, 2], jacobian[2, 3]] == pytest.approx(
        [-0.024808390840665155, -0.034690226286226845, -0.051291693411991836], abs=1e-15
    )


# ---- The posts' errors ----


def posts_reshape(gradient):
    """What part 3 does: weights counted output by output, laid out as if input by input."""
    return np.swapaxes(gradient, -1, -2).reshape(gradient.shape)


@pytest.mark.parametrize("form", [weights_gradient_long, weights_gradient_short])
def test_part_3_prints_the_gradient_in_the_wrong_cells(form):
    ours = form(X, softmax(X @ W), Y)
    by_differences = numerical_jacobian(lambda w: -special.log_softmax(X @ w)[2], W)
    assert ours == pytest.approx(by_differences, abs=1e-9)
    row = [0.01909135, 0.02035314, -0.07830167, 0.02313243, 0.01572474]
    assert ours[0] == pytest.approx(row, abs=5e-9)
    assert ours == pytest.approx(np.outer(X, S - Y), abs=5e-9)
    # the same numbers as printed, but for their places
    assert posts_reshape(ours) == pytest.approx(np.array(PRINTED_GRADIENT), abs=5e-9)
    assert np.abs(ours - PRINTED_GRADIENT).max() > 0.3


def test_the_layout_undoes_what_the_reshape_gets_wrong():
    vector = np.array([11, 21, 31, 12, 22, 32])  # w_ji as 10 j + i, output by output
    assert weights_layout(vector, 3).tolist() == [[11, 12], [21, 22], [31, 32]]
    assert vector.reshape(3, 2).tolist() == [[11, 21], [31, 12], [22, 32]]
    many = weights_layout(np.stack([vector, 2 * vector]), 3)
    assert many[1].tolist() == [[22, 24], [42, 44], [62, 64]]


def test_a_layer_trained_on_the_printed_matrix_does_not_learn():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    classes = (x @ rng.normal(size=(3, 5))).argmax(axis=1)
    y = np.eye(5)[classes]

    def accuracy(layout):
        w = np.zeros((3, 5))
        for _ in range(300):
            w -= layout(weights_gradient_short(x, softmax(x @ w), y).mean(axis=0))
        return ((x @ w).argmax(axis=1) == classes).mean()

    assert accuracy(lambda gradient: gradient) > 0.95
    assert accuracy(posts_reshape) < np.bincount(classes).max() / len(classes)  # a constant guess


def test_part_1_prints_inputs_as_softmax_output():
    printed = np.array([0.97337094, 0.85251098, 0.62495691, 0.63957056, 0.6969253])
    assert printed.sum() == pytest.approx(3.79, abs=0.005)  # the post says 1.0
    assert softmax(printed).sum() == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(("z", "dtype"), [(1000.0, np.float64), (100.0, np.float32)])
def test_the_posts_softmax_overflows_and_ours_does_not(z, dtype):
    logits = np.array([z, z, -z], dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        posts = np.exp(logits) / np.sum(np.exp(logits))
    assert np.isnan(posts[:2]).all()
    assert softmax(logits).tolist() == [0.5, 0.5, 0]
    assert log_softmax(logits) == pytest.approx([-np.log(2), -np.log(2), -2 * z - np.log(2)])
    assert softmax(logits).dtype == log_softmax(logits).dtype == dtype


# ---- The calculus ----

# Each gradient: d(output)/d(input), and ours from (x, w, s, y). A layer is z = x W.
GRADIENTS = {
    "softmax_jacobian": ("S", "z", lambda x, w, s, y: softmax_jacobian(s)),
    "logits_gradient_long": ("XE", "z", lambda x, w, s, y: logits_gradient_long(s, y)),
    "logits_gradient_short": ("XE", "z", lambda x, w, s, y: logits_gradient_short(s, y)),
    "sum_jacobian_weights": (
        "z",
        "W",
        lambda x, w, s, y: weights_layout(sum_jacobian_weights(x, s.shape[-1]), x.shape[-1]),
    ),
    "layer_jacobian_weights_long": (
        "S",
        "W",
        lambda x, w, s, y: layer_jacobian_weights_long(x, s),
    ),
    "layer_jacobian_weights_short": (
        "S",
        "W",
        lambda x, w, s, y: layer_jacobian_weights_short(x, s),
    ),
    "layer_jacobian_inputs_long": ("S", "x", lambda x, w, s, y: layer_jacobian_inputs_long(w, s)),
    "layer_jacobian_inputs_short": ("S", "x", lambda x, w, s, y: layer_jacobian_inputs_short(w, s)),
    "weights_gradient_long": ("XE", "W", lambda x, w, s, y: weights_gradient_long(x, s, y)),
    "weights_gradient_short": ("XE", "W", lambda x, w, s, y: weights_gradient_short(x, s, y)),
    "inputs_gradient_long": ("XE", "x", lambda x, w, s, y: inputs_gradient_long(w, s, y)),
    "inputs_gradient_short": ("XE", "x", lambda x, w, s, y: inputs_gradient_short(w, s, y)),
}
every_gradient = pytest.mark.parametrize("name", GRADIENTS)

SCIPY = {
    "z": lambda z, y: z,
    "S": lambda z, y: special.softmax(z),
    "XE": lambda z, y: -(y * special.log_softmax(z)).sum(),
}


@st.composite
def layers(draw):
    """x (N, D), W (D, K), targets y (N, K) with weights of any sign."""
    n, d, k = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 4))

    def numbers(*shape):
        return draw(arrays(np.float64, shape, elements=st.floats(-2, 2, width=16)))

    return numbers(n, d), numbers(d, k), numbers(n, k)


def derivative(name, jacobian, outputs, x, w, y):
    """The gradient of one example by another's means: `jacobian(function, at)`."""
    output, variable, _ = GRADIENTS[name]
    if variable == "z":
        return jacobian(lambda z: outputs[output](z, y), x @ w)
    if variable == "W":
        return jacobian(lambda weights: outputs[output](x @ weights, y), w)
    return jacobian(lambda inputs: outputs[output](inputs @ w, y), x)


@every_gradient
@settings(deadline=None, max_examples=20)
@given(layer=layers())
def test_gradients_are_the_central_differences(name, layer):
    x, w, y = layer
    ours = GRADIENTS[name][2](x, w, softmax(x @ w), y)
    for n in range(len(x)):
        expected = derivative(name, numerical_jacobian, SCIPY, x[n], w, y[n])
        assert ours[n] == pytest.approx(expected, abs=1e-7)


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@every_gradient
@settings(deadline=None, max_examples=20)
@given(layer=layers())
def test_gradients_are_those_of_autograd(name, layer, torch):
    outputs = {
        "z": lambda z, y: z,
        "S": lambda z, y: torch.softmax(z, -1),
        "XE": lambda z, y: -(y * torch.log_softmax(z, -1)).sum(),
    }
    x, w, y = layer
    ours = GRADIENTS[name][2](x, w, softmax(x @ w), y)
    x, w, y = (torch.from_numpy(array) for array in layer)
    for n in range(len(x)):
        jacobian = torch.autograd.functional.jacobian
        expected = derivative(name, jacobian, outputs, x[n], w, y[n])
        assert ours[n] == pytest.approx(expected.numpy(), abs=1e-8)


@every_gradient
@settings(deadline=None, max_examples=20)
@given(layer=layers())
def test_one_example_is_a_row_of_the_batch(name, layer):
    x, w, y = layer
    ours, s = GRADIENTS[name][2], softmax(x @ w)
    batch = ours(x, w, s, y)
    for n in range(len(x)):
        assert batch[n] == pytest.approx(ours(x[n], w, s[n], y[n]), abs=1e-14)


PAIRS = [name.removesuffix("_long") for name in GRADIENTS if name.endswith("_long")]


@pytest.mark.parametrize("name", PAIRS)
@settings(deadline=None, max_examples=50)
@given(layer=layers())
def test_the_long_form_is_the_short_form(name, layer):
    x, w, y = layer
    long, short = (
        GRADIENTS[f"{name}_{form}"][2](x, w, softmax(x @ w), y) for form in ("long", "short")
    )
    assert long.shape == short.shape
    assert long == pytest.approx(short, abs=1e-12)


positive = arrays(np.float64, 4, elements=st.floats(0.1, 1))


@settings(deadline=None)
@given(s=positive, y=arrays(np.float64, 4, elements=st.floats(-2, 2, width=16)))
def test_the_derivative_of_cross_entropy_is_its_central_difference(s, y):
    expected = numerical_jacobian(lambda p: -(y * np.log(p)).sum(), s)
    assert cross_entropy_gradient(s, y) == pytest.approx(expected, abs=1e-6)
    assert cross_entropy(s, y) == pytest.approx(-(y * np.log(s)).sum(), abs=1e-12)


def test_the_derivative_of_cross_entropy_is_that_of_autograd(torch):
    rng = np.random.default_rng(0)
    s, y = rng.uniform(0.01, 1, size=(5, 4)), rng.normal(size=(5, 4))
    leaf = torch.from_numpy(s.copy()).requires_grad_()
    loss = -(torch.from_numpy(y) * leaf.log()).sum(dim=1)
    loss.sum().backward()
    assert cross_entropy(s, y) == pytest.approx(loss.detach().numpy(), abs=1e-12)
    assert cross_entropy_gradient(s, y) == pytest.approx(leaf.grad.numpy(), abs=1e-8)


logits = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 6)),
                elements=st.floats(-1e3, 1e3))  # fmt: skip


@settings(deadline=None)
@given(z=logits)
def test_softmax_is_a_distribution_and_scipys(z):
    s = softmax(z)
    assert (s >= 0).all()
    assert s.sum(axis=1) == pytest.approx(np.ones(len(z)))
    assert s == pytest.approx(special.softmax(z, axis=1), abs=1e-12)
    assert log_softmax(z) == pytest.approx(special.log_softmax(z, axis=1), abs=1e-9)


@settings(deadline=None)
@given(z=logits, data=st.data())
def test_illegal_classes_get_exactly_nothing(z, data):
    legal = data.draw(arrays(np.bool_, z.shape))
    legal[:, 0] = True
    s, logs = softmax(z, legal), log_softmax(z, legal)
    assert (s[~legal] == 0).all()
    assert (logs[~legal] == -np.inf).all()
    for n in range(len(z)):  # the others share as if there were no more
        allowed = legal[n]
        assert s[n, allowed] == pytest.approx(special.softmax(z[n, allowed]), abs=1e-12)
        assert logs[n, allowed] == pytest.approx(special.log_softmax(z[n, allowed]), abs=1e-9)
    y = np.where(legal, data.draw(arrays(np.float64, z.shape, elements=st.floats(-2, 2))), 0)
    assert (logits_gradient_short(s, y)[~legal] == 0).all()
    assert (softmax_jacobian(s)[~legal] == 0).all()


def test_the_gradient_of_illegal_classes_is_exactly_0_in_the_long_form():
    s = softmax(np.array([[1.0, 2, 3, 4]]), np.array([[True, False, True, False]]))
    y = np.array([[0.5, 0, -1.5, 0]])
    assert logits_gradient_long(s, y)[0, [1, 3]].tolist() == [0, 0]
    assert weights_gradient_long(np.ones((1, 2)), s, y)[0, :, [1, 3]].tolist() == [[0, 0], [0, 0]]


def test_one_row_of_probabilities_is_compared_with_every_target():
    s, targets = np.array([0.5, 0.25, 0.25]), np.eye(3)
    assert cross_entropy(s, targets) == pytest.approx(-np.log(s))
    assert cross_entropy_gradient(s, targets) == pytest.approx(np.diag(-1 / s))


def test_a_class_without_weight_costs_nothing_even_at_probability_0():
    assert cross_entropy(np.array([1.0, 0.0]), np.array([1, 0])) == 0
    assert cross_entropy_gradient(np.array([1.0, 0.0]), np.array([1, 0])).tolist() == [-1, 0]


def test_the_short_form_stands_where_the_probability_underflows():
    s = softmax(np.array([1000.0, 0.0]))
    assert s.tolist() == [1, 0]
    assert logits_gradient_short(s, np.array([0, 1])).tolist() == [1, -1]
