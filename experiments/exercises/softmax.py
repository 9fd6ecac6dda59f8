"""Lesson (d): the softmax gradient by hand."""

from __future__ import annotations

import numpy as np

from agents.networks.softmax import softmax as true_softmax
from experiments.exercises.question import Answer, Question, same

STEP = 1e-6  # of a numerical derivative


def softmax(z: np.ndarray) -> np.ndarray:
    """Return exp(z_i) / Σ_k exp(z_k) for logits z (K,), which may be as large as 10,000."""
    raise NotImplementedError


def logits_gradient(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return dXE/dz (K,): the derivative of −Σ_k y_k log softmax(z)_k.

    y (K,) is a distribution: its entries are at least 0 and sum to 1.
    """
    raise NotImplementedError


def policy_gradient(z: np.ndarray, action: int, advantage: float, legal: np.ndarray) -> np.ndarray:
    """Return the derivative (K,) of the loss −A log π(action) with respect to the logits z (K,).

    π is the softmax over the legal actions alone, legal (K,) bool; an illegal one has probability
    0 and gradient 0. The action is legal.
    """
    raise NotImplementedError


def _check_softmax(answer: Answer, rng: np.random.Generator) -> None:
    for scale in (1, 1, 30, 10_000):
        z = (scale * rng.normal(size=6)).round(2)
        exps = np.exp((z - z.max()).astype(np.longdouble))
        same(answer(z.copy()), (exps / exps.sum()).astype(float), f"z {z}")


def _check_logits(answer: Answer, rng: np.random.Generator) -> None:
    for y in (*np.eye(4), *rng.dirichlet(np.ones(4), size=5)):
        z = rng.normal(size=4)
        expected = _derivative(lambda z, y=y: -(y @ np.log(true_softmax(z))), z)
        same(answer(z.copy(), y.copy()), expected, f"z {z.round(2)}, y {y.round(2)}", 1e-5)


def _check_policy(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(20):
        z, advantage, legal = rng.normal(size=5), float(rng.normal()), rng.random(5) < 0.6
        action = int(rng.integers(5))
        legal[action] = True

        def loss(
            z: np.ndarray, a: int = action, adv: float = advantage, ok: np.ndarray = legal
        ) -> float:
            return float(-adv * np.log(true_softmax(z, ok)[a]))

        case = f"action {action} of {np.flatnonzero(legal)}, advantage {advantage:.2f}"
        same(answer(z.copy(), action, advantage, legal.copy()), _derivative(loss, z), case, 1e-5)


def _derivative(function: Answer, z: np.ndarray) -> np.ndarray:
    """Return the derivative of a number with respect to z (K,), by central differences."""
    steps = STEP * np.eye(len(z))
    return np.array([(function(z + e) - function(z - e)) / (2 * STEP) for e in steps])


QUESTIONS = (
    Question(softmax, _check_softmax),
    Question(logits_gradient, _check_logits),
    Question(policy_gradient, _check_policy),
)
