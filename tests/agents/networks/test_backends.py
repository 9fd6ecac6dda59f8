"""One interface to both backends; torch may be missing."""

import subprocess
import sys

import numpy as np
import pytest

from agents.networks.backends import make_network
from agents.networks.mlp import MLP
from agents.networks.optimisers import SGD, Adam


def build(backend="numpy", **keywords):
    return make_network(backend, (3, 4, 2), **keywords, rng=np.random.default_rng(0))


def test_the_default_is_an_mlp_in_numpy_and_adam():
    network, optimiser = build()
    assert isinstance(network, MLP)
    assert isinstance(optimiser, Adam)
    assert optimiser.parameters is network.parameters
    assert optimiser.learning_rate == 1e-3  # as Kingma & Ba (2015) advise
    expected = MLP((3, 4, 2), rng=np.random.default_rng(0))
    assert (network.parameters == expected.parameters).all()


def test_every_argument_arrives():
    mask = np.array([True, False, True])
    network, optimiser = build(
        activation="tanh", output="sigmoid", initialisation="glorot", precision="float64",
        input_mask=mask, optimiser="momentum", learning_rate=0.25,
    )  # fmt: skip
    expected = MLP((3, 4, 2), "tanh", "sigmoid", "glorot", "float64", mask,
                   rng=np.random.default_rng(0))  # fmt: skip
    x = np.random.default_rng(1).normal(size=(5, 3))
    assert (network.predict(x) == expected.predict(x)).all()
    assert isinstance(optimiser, SGD)
    assert (optimiser.momentum, optimiser.learning_rate) == (0.9, 0.25)


def test_the_backend_that_is_asked_for_is_made():
    torch_mlp = pytest.importorskip("agents.networks.torch_mlp")
    network, optimiser = build("torch")
    assert isinstance(network, torch_mlp.TorchMLP)
    assert isinstance(optimiser, torch_mlp.TorchOptimiser)


def test_an_unknown_backend_names_the_nearest():
    with pytest.raises(ValueError, match="unknown backend 'pytorch': did you mean 'torch'"):
        build("pytorch")
    with pytest.raises(ValueError, match="unknown backend 'nunpy': did you mean 'numpy'"):
        build("nunpy")


def without_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "agents.networks.torch_mlp", raising=False)


def test_a_missing_torch_is_said_in_one_line_with_the_way_out(monkeypatch):
    without_torch(monkeypatch)
    with pytest.raises(ValueError, match="backend: torch needs PyTorch") as caught:
        build("torch")
    message = str(caught.value)
    assert "\n" not in message
    assert 'pip install "yendor[torch]"' in message
    assert "Linux, Pip, CPU on pytorch.org/get-started" in message


def test_a_broken_import_of_another_module_is_not_taken_for_a_missing_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "agents.networks.torch_mlp", None)
    with pytest.raises(ModuleNotFoundError, match="torch_mlp"):
        build("torch")


def test_numpy_needs_no_torch(monkeypatch):
    without_torch(monkeypatch)
    network, optimiser = build()
    network.forward(np.ones((1, 3)))
    network.squared_error(np.zeros((1, 2)))
    optimiser.step(network.gradient)


def test_torch_is_not_imported_until_it_is_asked_for():
    code = "import agents.networks.backends, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
