"""Small sigmoid networks, trained on a few rows until they have learned them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agents.networks.mlp import MLP
from agents.networks.optimisers import SGD


@dataclass(frozen=True, slots=True)
class Fit:
    """A trained network.

    Attributes:
        net: the network.
        start: its parameters (P,) before training.
        losses: (steps,) squared error before each step.
        learned: whether all its outputs are right after rounding.
    """

    net: MLP
    start: np.ndarray
    losses: np.ndarray
    learned: bool


def fit(
    sizes: tuple[int, ...],
    x: np.ndarray,
    y: np.ndarray,
    learning_rate: float,
    steps: int,
    rng: np.random.Generator,
) -> Fit:
    """Trains by gradient descent on all rows at once, sigmoid units and squared error throughout.

    Weights begin as Keras begins them, uniform as in Glorot & Bengio (2010), and biases at 0.

    Args:
        sizes: inputs, hidden units, outputs.
        x, y: (N, D) inputs and (N, K) targets.
        learning_rate, steps: of gradient descent.
        rng: draws the weights.
    """
    net = MLP(sizes, "sigmoid", "sigmoid", "glorot", "float64", rng=rng)
    start = net.parameters.copy()
    optimiser = SGD(net.parameters, learning_rate)
    losses = np.empty(steps)
    for step in range(steps):
        net.forward(x)
        losses[step] = net.squared_error(y)
        optimiser.step(net.gradient)
    return Fit(net, start, losses, bool((np.round(net.predict(x)) == y).all()))
