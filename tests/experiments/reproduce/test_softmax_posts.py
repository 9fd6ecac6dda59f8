"""The softmax posts. tests/agents/networks/test_softmax.py holds the derivatives themselves."""

import numpy as np
import pytest

from experiments.reproduce import softmax, softmax_learning
from experiments.reproduce import softmax_printed as printed
from experiments.reproduce.report import Settings


@pytest.mark.parametrize("seed", range(5))
def test_every_figure_comes_out_for_every_seed(seed):
    report = softmax.reproduce(Settings(seed))
    assert not report.failures
    assert [check.verdict for check in report.checks].count("post errs") == 7


def test_finite_differences_confirm_ws_layout_and_not_the_printed_matrix():
    judge = softmax.finite_differences()
    s_minus_y = printed.S - printed.Y
    np.testing.assert_allclose(np.outer(printed.X, s_minus_y), judge, atol=2e-8)
    assert np.abs(printed.WEIGHTS_GRADIENT - judge).max() > 0.4


def test_the_printed_vector_is_the_gradient_of_w_transposed():
    """Read output by output, it is right: a (5, 3) matrix, of which W's layout is the transpose."""
    judge = softmax.finite_differences()
    np.testing.assert_allclose(printed.WEIGHTS_GRADIENT.reshape(5, 3).T, judge, atol=2e-8)


def test_the_columns_of_the_printed_layer_derivative_sum_to_0():
    """Part 2 ends by summing them to change the weights; 5 numbers are cut after 5 digits each."""
    assert np.abs(printed.LAYER.sum(axis=0)).max() < 5e-5


def test_one_entry_of_part_2_lost_its_last_digit():
    """The long form's second row prints 0.0810, the shortcut's 0.08105."""
    assert softmax.layer_derivative("long")[1, 4] == pytest.approx(0.0810532, abs=1e-7)


def test_part_1s_vector_belongs_to_another_draw_than_its_softmax():
    """Softmax keeps differences: log S and the inputs differ by a constant, and here do not."""
    shift = np.log(printed.PART1_S) - printed.PART1_SUPPOSED_OUTPUT
    assert np.ptp(shift) > 0.1


def test_the_parts_in_order_give_the_loss_of_part_1s_s():
    assert -np.log(printed.PART1_S[2]) == pytest.approx(1.484521, abs=1e-6)
    assert -np.log(printed.S[2]) == pytest.approx(printed.LOSS, abs=1e-7)


def test_minus_4_60864_is_cut_and_not_rounded():
    assert -1 / printed.S[2] == pytest.approx(-4.608649, abs=1e-6)


def test_on_a_single_example_the_printed_matrix_still_lowers_the_loss():
    """So one example is no test of a gradient's layout."""
    x, y = printed.X[None], printed.Y[None]
    losses = softmax_learning.descend(x, y, printed.W, post_layout=True)[1]
    assert losses[-1] < 0.2 * losses[0]
