"""A small network, forward and learning: ours against the same one built the usual way in torch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from agents.networks.backends import Backend, make_network
from experiments.bench.measure import INSTALL, Effort, Result, over_and_over, peer, take_turns

SIZES = (64, 128, 12)  # with ReLU between, in float32
BATCH = 256
BACKENDS: dict[str, Backend] = {"numpy network": "numpy", "torch backend": "torch"}
TARGETS = {"forward, one observation": 5.0, f"training step, batch of {BATCH}": 2.0}

Work = Callable[[], object]


def measure(effort: Effort) -> list[Result]:
    """Pass and training steps per second of both backends, beside torch's own modules."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((BATCH, SIZES[0])).astype(np.float32)
    labels = rng.integers(SIZES[-1], size=BATCH)
    torch = peer("torch")
    backends = {name: key for name, key in BACKENDS.items() if torch or key == "numpy"}
    works = {name: _ours(key, x, labels) for name, key in backends.items()}
    if torch:
        works["torch"] = _theirs(torch, x, labels)
    results = []
    for index, (what, target) in enumerate(TARGETS.items()):
        trials = {name: over_and_over(work[index], effort.seconds) for name, work in works.items()}
        speeds = take_turns(trials, effort.repeats)
        results += [
            Result(
                f"{what}: {name}",
                "per second",
                speeds[name],
                "torch",
                speeds.get("torch", ()),
                target if name == "numpy network" else None,
                "" if torch else INSTALL,
            )
            for name in backends
        ]
    return results


def _ours(backend: Backend, x: np.ndarray, labels: np.ndarray) -> tuple[Work, Work]:
    """Forward for one observation, and a training step on the batch."""
    network, optimiser = make_network(backend, SIZES, rng=np.random.default_rng(0))
    one, y = x[0], np.eye(SIZES[-1], dtype=np.float32)[labels]

    def step() -> None:
        network.forward(x)
        network.cross_entropy(y)
        optimiser.step(network.gradient)

    return lambda: network.predict(one), step


def _theirs(torch: Any, x: np.ndarray, labels: np.ndarray) -> tuple[Work, Work]:
    """Return the same two, as torch's own tutorials write them."""
    nn = torch.nn
    n_in, n_hidden, n_out = SIZES
    net = nn.Sequential(nn.Linear(n_in, n_hidden), nn.ReLU(), nn.Linear(n_hidden, n_out))
    optimiser = torch.optim.Adam(net.parameters())
    loss = nn.CrossEntropyLoss()
    batch, targets = torch.from_numpy(x), torch.from_numpy(labels)
    one = batch[0]

    def forward() -> None:
        with torch.no_grad():
            net(one)

    def step() -> None:
        optimiser.zero_grad()
        loss(net(batch), targets).backward()
        optimiser.step()

    return forward, step
