"""The network and its optimiser in numpy or in torch, behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, get_args

import numpy as np

from agents.checks import check_choice
from agents.networks.activations import ActivationName
from agents.networks.mlp import MLP, Initialisation, Precision
from agents.networks.optimisers import OptimiserName, make_optimiser

Backend = Literal["numpy", "torch"]

NO_TORCH = (
    'backend: torch needs PyTorch, which is not installed: pip install "yendor[torch]" (on Linux '
    "first the build without gigabytes of CUDA: choose Linux, Pip, CPU on pytorch.org/get-started)"
)


class Network(Protocol):
    """What learners need of a network, see `agents.networks.mlp.MLP`."""

    sizes: tuple[int, ...]
    parameters: np.ndarray  # (P,), W_1 row by row, b_1, W_2, …
    gradient: np.ndarray  # (P,), of the last loss

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Return outputs of one example, (D,) to (K,), or of many, (N, D) to (N, K)."""
        ...

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the outputs (N, K) of inputs (N, D); keep what the losses need."""
        ...

    def cross_entropy(self, y: np.ndarray, legal: np.ndarray | None = None) -> float:
        """Return the mean XE(softmax(z), y) of the last `forward`; fill `gradient`.

        y and legal are (N, K).
        """
        ...

    def squared_error(self, y: np.ndarray) -> float:
        """Return the mean squared error of the last `forward`, y (N, K); fill `gradient`."""
        ...


class Optimiser(Protocol):
    """What learners need of an optimiser, see `agents.networks.optimisers`."""

    learning_rate: float

    def step(self, gradient: np.ndarray) -> None:
        """Move the parameters against the gradient, (P,)."""
        ...

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds; filling these arrays in place restores the optimiser."""
        ...


def make_network(
    backend: Backend,
    sizes: Sequence[int],
    *,
    activation: ActivationName = "relu",
    output: ActivationName = "linear",
    initialisation: Initialisation = "he",
    precision: Precision = "float32",
    input_mask: np.ndarray | None = None,
    optimiser: OptimiserName = "adam",
    learning_rate: float = 1e-3,
    rng: np.random.Generator,
) -> tuple[Network, Optimiser]:
    """Return a network and the optimiser of its parameters, both of that backend.

    The arguments are those of `MLP` and of `optimisers.make_optimiser`; the same `rng` draws the
    same weights for either backend. Raises ValueError for an unknown backend, when torch is not
    installed, and whenever those do.
    """
    check_backend(backend)
    kind: Callable[..., Network] = MLP
    make: Callable[[OptimiserName, np.ndarray, float], Optimiser] = make_optimiser
    if backend == "torch":
        from agents.networks.torch_mlp import TorchMLP, TorchOptimiser

        kind, make = TorchMLP, TorchOptimiser
    network = kind(sizes, activation, output, initialisation, precision, input_mask, rng=rng)
    return network, make(optimiser, network.parameters, learning_rate)


def check_backend(backend: str) -> None:
    """Raise ValueError, in one line for people, unless the backend exists and is installed."""
    check_choice("backend", backend, get_args(Backend))
    if backend == "torch":
        try:
            import agents.networks.torch_mlp  # noqa: F401
        except ModuleNotFoundError as error:
            if error.name != "torch":
                raise
            raise ValueError(NO_TORCH) from None
