"""Gradient descent on a flat vector of parameters, in place."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from agents.checks import check_choice

OptimiserName = Literal["sgd", "momentum", "adam"]

MOMENTUM = 0.9  # of the optimiser of that name
SLACK = 1e-6  # of a norm, so that rounding leaves no gradient longer than it may be


class SGD:
    """Stochastic gradient descent, with momentum if it is above 0.

        v <- momentum v + g        w <- w - learning_rate v

    (Polyak, 1964, as PyTorch's `torch.optim.SGD` writes it: v begins with the first gradient.)

    Args:
        parameters: (P,), changed in place by `step`.
        learning_rate: > 0.
        momentum: in [0, 1).
    """

    def __init__(self, parameters: np.ndarray, learning_rate: float, momentum: float = 0.0) -> None:
        self.parameters, self.learning_rate, self.momentum = parameters, learning_rate, momentum
        self.velocity = np.zeros_like(parameters)

    def step(self, gradient: np.ndarray) -> None:
        """Move the parameters against the gradient, (P,)."""
        self.velocity *= self.momentum
        self.velocity += gradient
        self.parameters -= self.learning_rate * self.velocity

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds."""
        return {"velocity": self.velocity}


class Adam:
    """Adam (Kingma & Ba, 2015): steps of about `learning_rate`, whatever the gradient's scale.

        m <- β₁ m + (1 - β₁) g        v <- β₂ v + (1 - β₂) g²
        w <- w - learning_rate · m̂ / (√v̂ + ε),  m̂ = m / (1 - β₁ᵗ),  v̂ = v / (1 - β₂ᵗ)

    Args:
        parameters: (P,), changed in place by `step`.
        learning_rate: > 0.
        beta1, beta2: in [0, 1).
        epsilon: > 0.
    """

    def __init__(
        self,
        parameters: np.ndarray,
        learning_rate: float,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.parameters, self.learning_rate = parameters, learning_rate
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.mean = np.zeros_like(parameters)
        self.variance = np.zeros_like(parameters)
        self.steps = np.zeros(1, np.int64)
        self._change = np.empty_like(parameters)  # scratch, so that a step allocates nothing

    def step(self, gradient: np.ndarray) -> None:
        """Move the parameters against the gradient, (P,)."""
        self.steps += 1
        t = self.steps.item()
        change = self._change
        self.mean *= self.beta1
        self.mean += np.multiply(gradient, 1 - self.beta1, out=change)
        self.variance *= self.beta2
        np.multiply(gradient, gradient, out=change)
        change *= 1 - self.beta2
        self.variance += change
        np.sqrt(self.variance, out=change)
        change /= (1 - self.beta2**t) ** 0.5
        change += self.epsilon
        np.divide(self.mean, change, out=change)
        change *= self.learning_rate / (1 - self.beta1**t)
        self.parameters -= change

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds."""
        return {"mean": self.mean, "variance": self.variance, "steps": self.steps}


def make_optimiser(name: OptimiserName, parameters: np.ndarray, learning_rate: float) -> SGD | Adam:
    """Return the optimiser of that name; "momentum" is SGD with a momentum of 0.9."""
    if check_optimiser(name) == "adam":
        return Adam(parameters, learning_rate)
    return SGD(parameters, learning_rate, momentum=MOMENTUM if name == "momentum" else 0.0)


def check_optimiser(name: OptimiserName) -> OptimiserName:
    """Return the name; raise ValueError if there is no such optimiser."""
    check_choice("optimiser", name, get_args(OptimiserName))
    return name


def clip_norm(gradient: np.ndarray, max_norm: float) -> float:
    """Scales a gradient (P,) in place to a norm of at most `max_norm`; returns the norm it had.

    (Pascanu, Mikolov & Bengio, 2013.)
    """
    norm = float(np.sqrt(np.dot(gradient, gradient)))
    if norm > max_norm:
        gradient *= max_norm / (norm + SLACK)
    return norm
