"""The losses of a batch and their gradients."""

import numpy as np
import pytest
from helpers.differences import numerical_jacobian
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from agents.networks.losses import softmax_cross_entropy, squared_error


@st.composite
def batches(draw):
    """Logits (N, K), targets of any sign (N, K), and a legal mask or None."""
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    numbers = arrays(np.float64, shape, elements=st.floats(-3, 3, width=16))
    z, y = draw(numbers), draw(numbers)
    if not draw(st.booleans()):
        return z, y, None
    legal = draw(arrays(np.bool_, shape))
    legal[:, 0] = True
    return z, np.where(legal, y, 0), legal


def by_scipy(z, y, legal):
    logs = special.log_softmax(z if legal is None else np.where(legal, z, -1e9), axis=1)
    return -(y * logs).sum() / len(z)


@settings(deadline=None)
@given(batch=batches())
def test_cross_entropy_and_its_gradient_for_any_weights_and_mask(batch):
    z, y, legal = batch
    loss, gradient = softmax_cross_entropy(z, y, legal)
    assert loss == pytest.approx(by_scipy(*batch), abs=1e-12)
    expected = numerical_jacobian(lambda logits: by_scipy(logits, y, legal), z)
    assert gradient == pytest.approx(expected, abs=1e-7)
    if legal is not None:
        assert (gradient[~legal] == 0).all()


@settings(deadline=None)
@given(batch=batches())
def test_the_long_form_is_the_short_form(batch):
    long, short = (softmax_cross_entropy(*batch, form) for form in ("long", "short"))
    assert long[0] == short[0]
    assert long[1] == pytest.approx(short[1], abs=1e-12)


def test_cross_entropy_at_even_odds_is_log_k():
    loss, gradient = softmax_cross_entropy(np.zeros((2, 4)), np.eye(4)[[1, 3]])
    assert loss == pytest.approx(np.log(4), abs=1e-15)
    quarter, rest = 0.25 / 2, -0.75 / 2  # (S - y) / N
    assert gradient.tolist() == [[quarter, rest, quarter, quarter], [*[quarter] * 3, rest]]


def test_a_row_weighs_as_much_as_its_target():
    z = np.array([[1.0, 2.0, 0.5]])
    loss, gradient = softmax_cross_entropy(z, np.array([[0.0, 1, 0]]))
    thrice, thrice_gradient = softmax_cross_entropy(z, np.array([[0.0, -3, 0]]))
    assert thrice == pytest.approx(-3 * loss)
    assert thrice_gradient == pytest.approx(-3 * gradient)


def test_certainty_of_the_wrong_class_costs_much_but_not_infinity():
    loss, gradient = softmax_cross_entropy(np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]]))
    assert loss == 1000
    assert gradient.tolist() == [[1, -1]]


def test_the_long_form_divides_by_the_probability_and_fails_where_it_underflows():
    with np.errstate(divide="ignore", invalid="ignore"):
        _, gradient = softmax_cross_entropy(
            np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]]), form="long"
        )
    assert np.isnan(gradient).any()


def test_squared_error_by_hand():
    loss, gradient = squared_error(np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]]))
    assert loss == 2.5  # (1 + 4) / 2
    assert gradient.tolist() == [[1, -2]]


@settings(deadline=None)
@given(batch=batches())
def test_the_gradient_of_squared_error_is_its_central_difference(batch):
    p, y, _ = batch
    expected = numerical_jacobian(lambda values: np.mean((values - y) ** 2), p)
    assert squared_error(p, y)[1] == pytest.approx(expected, abs=1e-7)
