"""Losses of a batch: the mean over examples, and its gradient with respect to the outputs."""

from __future__ import annotations

from typing import Literal

import numpy as np

from agents.networks.floats import as_floats
from agents.networks.softmax import log_softmax, logits_gradient_long, logits_gradient_short

Form = Literal["short", "long"]


def softmax_cross_entropy(
    z: np.ndarray, y: np.ndarray, legal: np.ndarray | None = None, form: Form = "short"
) -> tuple[float, np.ndarray]:
    """Return L = 1/N Σ_n XE(softmax(z_n), y_n) and dL/dz, (N, K): in short (S - y) / N.

    Args:
        z: (N, K) logits.
        y: (N, K) targets. Any weights may be in them: the row w·y has the loss w·XE(S, y), and the
            gradient w (S - y). 0 where it is not legal.
        legal: (N, K) bool; elsewhere the gradient is exactly 0. None: all.
        form: "long" multiplies the Jacobians, (N, K, K) numbers of them.
    """
    logs = log_softmax(z, legal)
    s = np.exp(logs)
    loss = -(y * np.where(y != 0, logs, 0)).sum() / len(z)
    gradient = logits_gradient_short(s, y) if form == "short" else logits_gradient_long(s, y)
    return float(loss), gradient / len(z)


def squared_error(p: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Return L = 1/(N K) Σ (p - y)² and dL/dp = 2 (p - y) / (N K); all arrays are (N, K)."""
    error = as_floats(p) - as_floats(y)
    return float((error * error).mean()), 2 * error / error.size
