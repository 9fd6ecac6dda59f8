"""The softmax function, the layer around it, and cross-entropy: derivatives by both forms.

Source: the posts "The Softmax Function Derivative", parts 1 to 3, whose numbers are in
`softmax_printed`.
"""

from __future__ import annotations

import numpy as np

from agents.networks import softmax as sm
from experiments.reproduce import softmax_printed as printed
from experiments.reproduce.plots import curves
from experiments.reproduce.report import Check, Report, Settings, compare, vector
from experiments.reproduce.softmax_learning import accuracy, descend, problem

ROUNDING = 1e-12
CUT5, CUT6, CUT8 = 1e-5, 1e-6, 1e-8  # how many digits a post prints
STEP = 1e-6  # of finite differences


def reproduce(settings: Settings) -> Report:
    """Return the figures of the three posts; the seed draws the examples of the training run."""
    checks = [*_part1(), *_part2(), *_part3()]
    learning, lines = _learning(settings.rng())
    plot = curves(
        "softmax-gradients",
        "A softmax layer trained on 200 examples",
        lines,
        ("step", "cross-entropy"),
        log=True,
    )
    return Report("The softmax function derivative, parts 1–3", (*checks, *learning), (plot,))


def finite_differences() -> np.ndarray:
    """Return dXE/dW (3, 5) of the post's example, by central differences: the judge."""
    gradient = np.empty_like(printed.W)
    for cell in np.ndindex(*printed.W.shape):
        losses = []
        for sign in (1, -1):
            w = printed.W.copy()
            w[cell] += sign * STEP
            losses.append(sm.cross_entropy(sm.softmax(printed.X @ w), printed.Y))
        gradient[cell] = (losses[0] - losses[1]) / (2 * STEP)
    return gradient


def layer_derivative(form: str) -> np.ndarray:
    """Return dS/dW (5, 15), the weights counted output by output as in the post."""
    s = sm.softmax(printed.X @ printed.W)
    by = sm.layer_jacobian_weights_long if form == "long" else sm.layer_jacobian_weights_short
    return np.swapaxes(by(printed.X, s), -1, -2).reshape(5, 15)


def _part1() -> list[Check]:
    vector1 = printed.PART1_SUPPOSED_OUTPUT
    really = sm.softmax(vector1)
    big = np.array([1000.0, 1001.0, 1002.0])
    with np.errstate(all="ignore"):
        naive = np.exp(big) / np.exp(big).sum()
    stable = sm.softmax(big)
    return [
        Check(
            "1: sum of the vector shown as softmax output",
            "1.0",
            f"{vector1.sum():.8f}: these are inputs",
            abs(vector1.sum() - 3.78733469) < CUT8,
            erratum="post",
        ),
        Check(
            "1: softmax of that vector",
            f"{vector(printed.PART1_S)}, used from there on",
            f"{vector(really)}: the numbers are of two draws",
            bool(
                np.abs(really - printed.PART1_S).max() > 0.01 and abs(really.sum() - 1) < ROUNDING
            ),
            erratum="post",
        ),
        compare(
            "1: Jacobian diag(S) − S Sᵀ",
            printed.PART1_JACOBIAN,
            sm.softmax_jacobian(printed.PART1_S),
            2 * CUT8,
        ),
        Check(
            "1: softmax of (1000, 1001, 1002)",
            f"its formula gives {vector(naive)}",
            f"{vector(stable)}, as for (0, 1, 2)",
            bool(np.isnan(naive).all() and np.allclose(stable, sm.softmax(big - 1000))),
            erratum="post",
        ),
    ]


def _part2() -> list[Check]:
    s = sm.softmax(printed.X @ printed.W)
    long, short = layer_derivative("long"), layer_derivative("short")
    sums = np.abs(long.sum(axis=0)).max()
    return [
        compare("2: S for x = (0.1, 0.5, 0.4)", printed.S, s, CUT8,
                (vector(printed.S, 5), vector(s, 5))),
        compare("2: Jacobian dS/dz", printed.JACOBIAN, sm.softmax_jacobian(s), CUT6),
        compare("2: dz/dW", printed.SUM_JACOBIAN, sm.sum_jacobian_weights(printed.X, 5), 0),
        compare("2: layer derivative dS/dW, long form", printed.LAYER, long, CUT5),
        compare("2: the same by the shortcut", printed.LAYER, short, CUT5),
        compare("2: long form and shortcut", long, short, ROUNDING, ("equal", _apart(long, short))),
        Check(
            "2: sums of the columns of dS/dW, by which the last sentence changes the weights",
            "the change of each weight",
            f"0 for all 15 (to {sums:.0e}): a loss must weigh the rows first",
            bool(sums < ROUNDING),
            erratum="post",
        ),
    ]  # fmt: skip


def _part3() -> list[Check]:
    x, y = printed.X, printed.Y
    s = sm.softmax(x @ printed.W)
    loss = float(sm.cross_entropy(s, y))
    in_order = float(sm.cross_entropy(printed.PART1_S, y))
    gradient = sm.cross_entropy_gradient(s, y)
    long, short = sm.weights_gradient_long(x, s, y), sm.weights_gradient_short(x, s, y)
    judge = finite_differences()
    wrong = sm.weights_gradient_short(x, s, y).T.reshape(printed.W.shape)
    off = np.abs(printed.WEIGHTS_GRADIENT - judge).max()
    confirmed = np.abs(short - judge).max()
    return [
        compare("3: loss for class 3", np.array(printed.LOSS), np.array(loss), ROUNDING,
                (repr(printed.LOSS), repr(loss))),
        Check(
            "3: that loss if the three parts run in order, so that S is still part 1's",
            repr(printed.LOSS),
            f"{in_order:.6f}: part 2 names its output h",
            abs(in_order - 1.484521) < CUT6,
            erratum="post",
        ),
        compare("3: dXE/dS", printed.LOSS_GRADIENT, gradient, CUT5,
                (vector(printed.LOSS_GRADIENT, 5), f"{vector(gradient, 7)}")),
        compare("3: dXE/dW, long form and shortcut", long, short, ROUNDING,
                ("equal", _apart(long, short))),
        compare("3: the printed 3 × 5 matrix is the gradient counted output by output",
                printed.WEIGHTS_GRADIENT, wrong, CUT8),
        Check(
            "3: dXE/dW in W's layout, row 1; finite differences judge",
            f"{vector(printed.WEIGHTS_GRADIENT[0])}, up to {off:.2f} off",
            f"{vector(short[0])}, {confirmed:.0e} off",
            bool(confirmed < 1e-8 and off > 0.1),
            erratum="post",
        ),
    ]  # fmt: skip


def _learning(rng: np.random.Generator) -> tuple[list[Check], dict[str, np.ndarray]]:
    x, y = problem(rng)
    w_right, right = descend(x, y, printed.W, post_layout=False)
    w_wrong, wrong = descend(x, y, printed.W, post_layout=True)
    theirs, ours = accuracy(x, y, w_wrong), accuracy(x, y, w_right)
    check = Check(
        "3: loss of a layer trained by it on 200 examples, first step to last",
        f"the printed matrix: {wrong[0]:.2f} to {wrong[-1]:.2f}, {theirs:.0%} right",
        f"W's layout: {right[0]:.2f} to {right[-1]:.2f}, {ours:.0%} right",
        bool(right[-1] < right[0] / 2 and wrong[-1] > wrong[0]),
        erratum="post",
    )
    return [check], {"the matrix as printed": wrong, "the gradient in W's layout": right}


def _apart(a: np.ndarray, b: np.ndarray) -> str:
    return f"largest difference {np.abs(a - b).max():.0e}"
