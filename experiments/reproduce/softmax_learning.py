"""A softmax layer trained by its gradient in W's layout, or in the layout of the post."""

from __future__ import annotations

import numpy as np

from agents.networks import softmax as sm

EXAMPLES, STEPS, LEARNING_RATE = 200, 200, 1.0


def problem(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs (200, 3) and one-hot targets (200, 5), which a layer of random weights tells
    apart without an error.
    """
    x = rng.normal(size=(EXAMPLES, 3))
    return x, np.eye(5)[(x @ rng.normal(size=(3, 5))).argmax(axis=1)]


def descend(
    x: np.ndarray, y: np.ndarray, start: np.ndarray, post_layout: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Trains by gradient descent on all examples.

    Args:
        x, y: (N, 3) and (N, 5).
        start: (3, 5) weights to begin with.
        post_layout: whether the gradient's numbers are put where the post puts them.

    Returns:
        The weights (3, 5), and the loss before each step (STEPS,).
    """
    w, losses = start.copy(), np.empty(STEPS)
    for step in range(STEPS):
        s = sm.softmax(x @ w)
        losses[step] = sm.cross_entropy(s, y).mean()
        gradient = sm.weights_gradient_short(x, s, y).mean(axis=0)
        if post_layout:
            gradient = gradient.T.reshape(w.shape)
        w -= LEARNING_RATE * gradient
    return w, losses


def accuracy(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    """Return the share of examples whose class gets the highest probability."""
    return float(((x @ w).argmax(axis=1) == y.argmax(axis=1)).mean())
