"""The multilayer perceptron in torch: PyTorch's layers, autograd and optimisers.

Parameters, gradient and the optimiser's state are numpy vectors as in `mlp.py`; the tensors share
their memory, so nothing is copied between the two and a checkpoint fits either network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from agents.networks.activations import ActivationName
from agents.networks.mlp import (
    Initialisation,
    Precision,
    check_activation,
    check_mask,
    check_sizes,
    initial_parameters,
    unflatten,
)
from agents.networks.optimisers import MOMENTUM, OptimiserName, check_optimiser

_ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "linear": lambda z: z,
}


class SoftmaxCrossEntropy(torch.autograd.Function):
    """L = 1/N Σ_n XE(softmax(z_n), y_n), with the derived gradient in place of autograd's.

    `SoftmaxCrossEntropy.apply(z, y, legal)` takes logits z (N, K), targets y (N, K), with any
    weights in them: the row w·y has the loss w·XE(S, y), and a legal mask (N, K) bool or None.
    """

    @staticmethod
    def forward(
        ctx: Any, z: torch.Tensor, y: torch.Tensor, legal: torch.Tensor | None
    ) -> torch.Tensor:
        """Return L, a scalar. A class with y = 0 costs nothing, even where log S is -inf."""
        if legal is not None:
            z = z.masked_fill(~legal, -torch.inf)
        logs = torch.log_softmax(z, dim=-1)
        ctx.save_for_backward(logs.exp(), y)
        return -torch.where(y != 0, y * logs, 0).sum(dim=-1).mean()

    @staticmethod
    def backward(ctx, d_loss):  # type: ignore[no-untyped-def]
        """dL/dz = (S Σ_k y_k - y) / N, (N, K): exactly 0 where S and y are, on illegal actions."""
        s, y = ctx.saved_tensors
        return d_loss * (s * y.sum(dim=-1, keepdim=True) - y) / len(y), None, None


class TorchMLP:
    """Dense layers a_l = f(a_{l-1} W_l + b_l), as `agents.networks.mlp.MLP`, run by torch.

    The arguments are MLP's, and so are the weights that `rng` draws. W_l (inputs, outputs) and b_l
    are leaf tensors on the memory of `parameters`; autograd does the backpropagation.

    Attributes:
        parameters: (P,), W_1 row by row, b_1, W_2, …
        gradient: (P,), of the last loss.

    Raises:
        ValueError: for sizes, names or a mask that make no network.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: ActivationName = "relu",
        output: ActivationName = "linear",
        initialisation: Initialisation = "he",
        precision: Precision = "float32",
        input_mask: np.ndarray | None = None,
        *,
        rng: np.random.Generator,
    ) -> None:
        self.sizes = check_sizes(sizes)
        self.activation, self.output = check_activation(activation), check_activation(output)
        self.input_mask = check_mask(input_mask, self.sizes[0])
        self.parameters = initial_parameters(self.sizes, initialisation, rng).astype(precision)
        self.gradient = np.zeros_like(self.parameters)
        self._bind()

    def _bind(self) -> None:
        """Make the tensors on the vectors' memory."""
        self._layers = [
            (torch.from_numpy(w).requires_grad_(), torch.from_numpy(b).requires_grad_())
            for w, b in unflatten(self.parameters, self.sizes)
        ]
        self._gradients = unflatten(self.gradient, self.sizes)
        self._outputs: torch.Tensor | None = None

    def __getstate__(self) -> dict[str, object]:
        """Carry over the arrays only when copied or pickled, not what is built on them."""
        tensors = ("_layers", "_gradients", "_outputs")
        return {key: value for key, value in self.__dict__.items() if key not in tensors}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        # joblib hands large arrays to its workers read-only, which no tensor may be
        self.parameters = np.require(self.parameters, requirements=["W"])
        self.gradient = np.require(self.gradient, requirements=["W"])
        self._bind()

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Return outputs of one example, (D,) to (K,), or of many, (N, D) to (N, K)."""
        x = np.asarray(x)
        with torch.inference_mode():
            outputs = self._pass(x[None] if x.ndim == 1 else x).numpy()
        return np.asarray(outputs[0] if x.ndim == 1 else outputs)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the outputs (N, K) of inputs (N, D); keep the graph for the losses."""
        self._outputs = self._pass(np.asarray(x))
        return np.asarray(self._outputs.detach().numpy())

    def cross_entropy(self, y: np.ndarray, legal: np.ndarray | None = None) -> float:
        """Return `losses.softmax_cross_entropy` of the last `forward`; fill `gradient`."""
        z = self._last()
        mask = None if legal is None else _shared(legal, z.shape, np.dtype(np.bool_))
        y_tensor = _shared(y, z.shape, self.parameters.dtype)
        return self._backward(SoftmaxCrossEntropy.apply(z, y_tensor, mask))

    def squared_error(self, y: np.ndarray) -> float:
        """Return `losses.squared_error` of the last `forward`; fill `gradient`."""
        p = self._last()
        error = p - _shared(y, p.shape, self.parameters.dtype)
        return self._backward((error * error).mean())

    def _pass(self, x: np.ndarray) -> torch.Tensor:
        if x.ndim != 2 or x.shape[1] != self.sizes[0]:
            raise ValueError(f"inputs must have shape (N, {self.sizes[0]}), got {x.shape}")
        x = x if self.input_mask is None else x * self.input_mask
        a = _shared(x, x.shape, self.parameters.dtype)
        for index, (w, b) in enumerate(self._layers, start=1):
            name = self.output if index == len(self._layers) else self.activation
            a = _ACTIVATIONS[name](torch.addmm(b, a, w))
        return a

    def _last(self) -> torch.Tensor:
        if self._outputs is None:
            raise RuntimeError("a loss needs the outputs of forward() first")
        return self._outputs

    def _backward(self, loss: torch.Tensor) -> float:
        leaves = [tensor for layer in self._layers for tensor in layer]
        targets = [array for layer in self._gradients for array in layer]
        # the graph stays, as the activations do in numpy, so that another loss may follow
        found = torch.autograd.grad(loss, leaves, retain_graph=True)
        for target, gradient in zip(targets, found, strict=True):
            target[...] = gradient.numpy()
        return float(loss.detach())


def _shared(values: np.ndarray, shape: Sequence[int], dtype: np.dtype) -> torch.Tensor:
    """Return a tensor on the values' own memory, or on a copy's if torch can't use that."""
    if np.shape(values) != tuple(shape):
        raise ValueError(f"targets and masks must have shape {(*shape,)}, got {np.shape(values)}")
    return torch.from_numpy(np.require(values, dtype, ["C", "W"]))


class TorchOptimiser:
    """`torch.optim.SGD` or `torch.optim.Adam` on a flat numpy vector, in place.

    Names, defaults and the arrays of the state are those of `agents.networks.optimisers`; torch
    works on the memory of these arrays.

    Args:
        name: "sgd", "momentum" (0.9) or "adam".
        parameters: (P,), changed in place by `step`.
        learning_rate: > 0; may be changed between steps.
    """

    def __init__(self, name: OptimiserName, parameters: np.ndarray, learning_rate: float) -> None:
        self.name = check_optimiser(name)
        self.parameters, self.learning_rate = parameters, learning_rate
        names = ("mean", "variance") if name == "adam" else ("velocity",)
        self._arrays = {key: np.zeros_like(parameters) for key in names}
        if name == "adam":
            self._arrays["steps"] = np.zeros(1, np.int64)
        self._optimiser: torch.optim.Optimizer | None = None

    def __getstate__(self) -> dict[str, object]:
        """Carry over the arrays only when copied or pickled, not what is built on them."""
        return self.__dict__ | {"_optimiser": None}

    def step(self, gradient: np.ndarray) -> None:
        """Move the parameters against the gradient, (P,)."""
        if not self.parameters.flags.writeable:  # torch would write all the same, and crash
            raise ValueError("the parameters are read-only")
        if self._optimiser is None:  # made late: it takes long, and who only plays needs none
            self._optimiser = self._make()
        group = self._optimiser.param_groups[0]
        group["lr"] = self.learning_rate
        group["params"][0].grad = _shared(gradient, self.parameters.shape, self.parameters.dtype)
        self._optimiser.step()
        if self.name == "sgd":  # torch keeps no velocity without momentum; ours is the gradient
            self._arrays["velocity"][...] = gradient

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds."""
        return dict(self._arrays)

    def _make(self) -> torch.optim.Optimizer:
        vector = torch.from_numpy(self.parameters).requires_grad_()
        state = {key: torch.from_numpy(array) for key, array in self._arrays.items()}
        optimiser: torch.optim.Optimizer
        if self.name == "adam":
            optimiser = torch.optim.Adam([vector], self.learning_rate, foreach=False)
            optimiser.state[vector] = {
                "step": state["steps"],
                "exp_avg": state["mean"],
                "exp_avg_sq": state["variance"],
            }
        else:
            momentum = MOMENTUM if self.name == "momentum" else 0.0
            optimiser = torch.optim.SGD([vector], self.learning_rate, momentum, foreach=False)
            optimiser.state[vector] = {"momentum_buffer": state["velocity"]}
        return optimiser
