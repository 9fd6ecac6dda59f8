"""A multilayer perceptron in numpy, with backpropagation by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from agents.checks import check_choice
from agents.networks.activations import ACTIVATIONS, ActivationName
from agents.networks.losses import Form, softmax_cross_entropy, squared_error
from agents.networks.softmax import sum_jacobian_weights, weights_layout
from compiling.compiled import compiled

Initialisation = Literal["he", "glorot"]
Precision = Literal["float32", "float64"]
MOST_WEIGHTS = 5_000_000  # of a network: with gradients and moments of two, 320 MB of float64
MOST_LAYERS = 33  # 32 of them hidden


class MLP:
    """Dense layers a_l = f(a_{l-1} W_l + b_l); the last has an activation of its own.

    All weights and biases lie in one vector, `parameters`, and the layers are views of it; so
    does `gradient`. An optimiser, a checkpoint or a comparison of two networks needs no more.

    Args:
        sizes: inputs, units of each hidden layer, outputs.
        activation: f of the hidden layers.
        output: f of the last one; "linear" for logits and for values.
        initialisation: of the weights, uniform with mean 0; "he" has the variance 2 / inputs of the
            layer (He et al., 2015), "glorot" 2 / (inputs + outputs) (Glorot & Bengio, 2010).
            Biases begin at 0.
        precision: dtype of everything.
        input_mask: (D,) bool; where False, that input counts as 0 and its weights stay as they are.
        rng: draws the weights.

    Attributes:
        parameters: (P,), W_1 row by row, b_1, W_2, …
        gradient: (P,), of the last `backward`.
        layers: (W, b) views of `parameters`, W (inputs, outputs).

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
        self.layers = unflatten(self.parameters, self.sizes)
        self._gradients = unflatten(self.gradient, self.sizes)
        self._activations: list[np.ndarray] = []
        # what the compiled pass for a single example wants
        self._shape = np.array(self.sizes)
        self._codes = (_CODES[activation], _CODES[output])

    def __getstate__(self) -> dict[str, object]:
        """Carry over the arrays only when copied or pickled, not what is built on them."""
        views = ("layers", "_gradients", "_activations")
        return {key: value for key, value in self.__dict__.items() if key not in views}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self.layers = unflatten(self.parameters, self.sizes)
        self._gradients = unflatten(self.gradient, self.sizes)
        self._activations = []

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Return outputs of one example, (D,) to (K,), or of many, (N, D) to (N, K).

        One example goes through a compiled loop: a few microseconds, and the same bits however
        many processors there are.
        """
        x = np.asarray(x, self.parameters.dtype)
        if x.ndim == 1:
            if len(x) != self.sizes[0]:  # the compiled loop would read past its end
                raise ValueError(f"an input must have shape ({self.sizes[0]},), got {x.shape}")
            if self.input_mask is not None:
                x = x * self.input_mask
            return np.asarray(forward_one(self.parameters, self._shape, x, *self._codes))
        return self._pass(x)[-1]

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the outputs (N, K) of inputs (N, D); keep what `backward` needs."""
        self._activations = self._pass(np.asarray(x, self.parameters.dtype))
        return self._activations[-1]

    def backward(self, d_output: np.ndarray, form: Form = "short") -> np.ndarray:
        """Propagates back: fills `gradient` with dL/dw, and returns dL/dx (N, D).

        Args:
            d_output: (N, K), dL/d(output) of the batch that `forward` saw last.
            form: "long" multiplies by the whole Jacobians da/dz and dz/dW instead, example by
                example, and adds the products up: the same to rounding, and very large.
        """
        d_x = self._fill_gradient(d_output, form) @ self.layers[0][0].T
        return np.asarray(d_x if self.input_mask is None else d_x * self.input_mask)

    def _fill_gradient(self, d_output: np.ndarray, form: Form) -> np.ndarray:
        """Fill `gradient`; return dL/dz of the first layer, since learning needs no dL/dx.

        For each layer, from the last, with dL/da given:

            dL/dz = dL/da ⊙ f'(z)       dL/da_prev = dL/dz Wᵀ
            dL/dW = a_prevᵀ dL/dz       dL/db = Σ_n dL/dz
        """
        if not self._activations:
            raise RuntimeError("backward() needs the outputs of forward() first")
        names = [self.activation] * (len(self.layers) - 1) + [self.output]
        d_a = np.asarray(d_output, self.parameters.dtype)
        for index in reversed(range(len(self.layers))):
            (w, _), (d_w, d_b) = self.layers[index], self._gradients[index]
            a, a_prev = self._activations[index + 1], self._activations[index]
            d_z = _through_activation(d_a, a, names[index], form)
            if form == "short":
                np.matmul(a_prev.T, d_z, out=d_w)
            else:
                vectors = d_z[:, None, :] @ sum_jacobian_weights(a_prev, w.shape[1])
                d_w[...] = weights_layout(vectors[:, 0].sum(axis=0), w.shape[0])
            np.add.reduce(d_z, axis=0, out=d_b)
            if index:
                d_a = d_z @ w.T
        return d_z

    def cross_entropy(
        self, y: np.ndarray, legal: np.ndarray | None = None, form: Form = "short"
    ) -> float:
        """Return the loss `softmax_cross_entropy` of the last `forward`; fill `gradient`."""
        loss, d_output = softmax_cross_entropy(self._last(), y, legal, form)
        self._fill_gradient(d_output, form)
        return loss

    def squared_error(self, y: np.ndarray, form: Form = "short") -> float:
        """Return the loss `squared_error` of the last `forward`; fill `gradient`."""
        loss, d_output = squared_error(self._last(), y)
        self._fill_gradient(d_output, form)
        return loss

    def _last(self) -> np.ndarray:
        if not self._activations:
            raise RuntimeError("a loss needs the outputs of forward() first")
        return self._activations[-1]

    def _pass(self, x: np.ndarray) -> list[np.ndarray]:
        if x.ndim != 2 or x.shape[1] != self.sizes[0]:
            raise ValueError(f"inputs must have shape (N, {self.sizes[0]}), got {x.shape}")
        activations = [x if self.input_mask is None else x * self.input_mask]
        for index, (w, b) in enumerate(self.layers, start=1):
            z = activations[-1] @ w
            z += b
            name = self.output if index == len(self.layers) else self.activation
            activations.append(ACTIVATIONS[name].apply(z))
        return activations


def _through_activation(d_a: np.ndarray, a: np.ndarray, name: str, form: Form) -> np.ndarray:
    """dL/dz from dL/da, (N, K) both."""
    if name == "linear":
        return d_a
    slopes = ACTIVATIONS[name].derivative(a)
    if form == "short":
        return np.asarray(d_a * slopes)
    jacobians = slopes[:, :, None] * np.eye(slopes.shape[1], dtype=slopes.dtype)
    return np.asarray((d_a[:, None, :] @ jacobians)[:, 0])


def check_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """Return the sizes as a tuple; raise ValueError unless two or more, all positive, and within
    `MOST_LAYERS` and `MOST_WEIGHTS`: nothing is allocated before.
    """
    if len(sizes) - 1 > MOST_LAYERS:
        raise ValueError(
            f"{len(sizes) - 2:,} hidden layers are too many: at most {MOST_LAYERS - 1}"
        )
    if len(sizes) < 2 or any(int(size) != size or size < 1 for size in sizes):
        raise ValueError(f"sizes must be two or more positive whole numbers, got {list(sizes)}")
    weights = sum((int(inputs) + 1) * int(outputs) for inputs, outputs in pairwise(sizes))
    if weights > MOST_WEIGHTS:
        raise ValueError(
            f"layers of {' × '.join(f'{size:,}' for size in sizes)} have {weights:,} weights: at"
            f" most {MOST_WEIGHTS:,}, of which training keeps eight numbers each; take smaller ones"
        )
    return tuple(int(size) for size in sizes)


def check_activation(name: ActivationName) -> ActivationName:
    """Return the name; raise ValueError if there is no such activation."""
    check_choice("activation", name, ACTIVATIONS)
    return name


def check_mask(mask: np.ndarray | None, n_inputs: int) -> np.ndarray | None:
    """Return the mask as (D,) bool; raise ValueError for another shape."""
    if mask is None:
        return None
    mask = np.asarray(mask, np.bool_)
    if mask.shape != (n_inputs,):
        raise ValueError(f"the input mask must have shape ({n_inputs},), got {mask.shape}")
    return mask


def initial_parameters(
    sizes: Sequence[int], initialisation: str, rng: np.random.Generator
) -> np.ndarray:
    """Return the first weights, (P,) float64, see `MLP`; both backends draw theirs here."""
    check_choice("initialisation", initialisation, get_args(Initialisation))
    parts = []
    for n_in, n_out in pairwise(sizes):
        variance = 2 / n_in if initialisation == "he" else 2 / (n_in + n_out)
        bound = (3 * variance) ** 0.5  # a uniform distribution on ±c has variance c²/3
        parts += [rng.uniform(-bound, bound, n_in * n_out), np.zeros(n_out)]
    return np.concatenate(parts)


def unflatten(vector: np.ndarray, sizes: Sequence[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return (W, b) of each layer, views of a vector (P,)."""
    layers, start = [], 0
    for n_in, n_out in pairwise(sizes):
        middle, end = start + n_in * n_out, start + (n_in + 1) * n_out
        layers.append((vector[start:middle].reshape(n_in, n_out), vector[middle:end]))
        start = end
    return layers


_LINEAR, _RELU, _TANH, _SIGMOID = range(4)
_CODES = {"linear": _LINEAR, "relu": _RELU, "tanh": _TANH, "sigmoid": _SIGMOID}


@compiled
def forward_one(parameters, sizes, x, hidden, output):
    """Return the outputs (K,) of one example x (D,), weights as `MLP.parameters` has them."""
    start = 0
    for layer in range(len(sizes) - 1):
        n_in, n_out = sizes[layer], sizes[layer + 1]
        bias = start + n_in * n_out
        z = parameters[bias : bias + n_out].copy()
        for j in range(n_in):
            row = parameters[start + j * n_out :]
            for i in range(n_out):
                z[i] += x[j] * row[i]
        code = output if layer == len(sizes) - 2 else hidden
        if code == _RELU:
            for i in range(n_out):
                if z[i] < 0:
                    z[i] = 0
        elif code == _TANH:
            for i in range(n_out):
                z[i] = np.tanh(z[i])
        elif code == _SIGMOID:
            for i in range(n_out):
                z[i] = (1 + np.tanh(z[i] / 2)) / 2
        x, start = z, bias + n_out
    return x
