"""Activation functions, each with its derivative in terms of its own output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from agents.networks.floats import as_floats

ActivationName = Literal["relu", "tanh", "sigmoid", "linear"]


class Activation(NamedTuple):
    """f, applied to each number, and f'(z) written as a function of a = f(z)."""

    apply: Callable[[np.ndarray], np.ndarray]
    derivative: Callable[[np.ndarray], np.ndarray]


def relu(z: np.ndarray) -> np.ndarray:
    """max(z, 0), against a row of zeros, which numpy does three times as fast as against one."""
    return np.maximum(z, np.zeros(np.shape(z)[-1:], np.asarray(z).dtype))


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)), as (1 + tanh(z / 2)) / 2, which never overflows."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * z)))


ACTIVATIONS: dict[str, Activation] = {
    "relu": Activation(relu, lambda a: (a > 0).astype(a.dtype)),
    "tanh": Activation(lambda z: np.tanh(as_floats(z)), lambda a: 1 - a * a),
    "sigmoid": Activation(sigmoid, lambda a: a * (1 - a)),
    "linear": Activation(lambda z: z, np.ones_like),
}
