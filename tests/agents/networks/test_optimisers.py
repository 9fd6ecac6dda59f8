"""Gradient descent, by hand and beside torch's."""

import numpy as np
import pytest

from agents.networks.optimisers import SGD, Adam, clip_norm, make_optimiser

NAMES = ("sgd", "momentum", "adam")


def test_sgd_by_hand():
    w = np.array([1.0, -1.0])
    optimiser = SGD(w, learning_rate=0.1)
    optimiser.step(np.array([2.0, 4.0]))
    assert w == pytest.approx([0.8, -1.4])
    optimiser.step(np.array([2.0, 4.0]))  # no momentum, unless it is asked for
    assert w == pytest.approx([0.6, -1.8])


def test_momentum_by_hand():
    w = np.array([1.0])
    optimiser = SGD(w, learning_rate=0.1, momentum=0.9)
    optimiser.step(np.array([2.0]))  # v = 2
    assert w == pytest.approx([0.8])
    optimiser.step(np.array([2.0]))  # v = 0.9 · 2 + 2 = 3.8
    assert w == pytest.approx([0.42])


def test_adam_by_hand():
    w = np.array([0.0, 0.0])
    optimiser = Adam(w, learning_rate=0.1)
    optimiser.step(np.array([1.0, -500.0]))  # m̂ = g, v̂ = g²: the rate, whatever the scale
    assert w == pytest.approx([-0.1, 0.1])
    optimiser.step(np.array([-1.0, -500.0]))
    # m = 0.9 · 0.1 - 0.1 = -0.01, m̂ = -0.01 / 0.19, v̂ = 1
    assert w == pytest.approx([-0.1 + 0.1 * 0.01 / 0.19, 0.2])


def test_adam_takes_smaller_steps_where_the_gradient_is_as_small_as_epsilon():
    w = np.zeros(3)
    Adam(w, learning_rate=0.1).step(np.array([0.0, 1e-8, 3e-8]))  # g / (|g| + ε), ε = 1e-8
    assert w == pytest.approx([0.0, -0.1 / 2, -0.1 * 3 / 4])


@pytest.mark.parametrize(
    ("name", "moved"),
    [("sgd", 0.1 + 0.1), ("momentum", 0.1 + 0.1 * 1.9), ("adam", 0.05 + 0.05)],
)
def test_two_equal_gradients_move_each_optimiser_as_its_name_says(name, moved):
    w = np.zeros(1)
    optimiser = make_optimiser(name, w, 0.05)
    for _ in range(2):
        optimiser.step(np.array([2.0]))
    assert w == pytest.approx([-moved])


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("name", NAMES)
def test_ten_steps_are_those_of_torch(name, precision):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    ours = rng.normal(size=20).astype(precision)
    theirs = torch.from_numpy(ours.copy()).requires_grad_()
    reference = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.01),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    }[name]([theirs])
    optimiser = make_optimiser(name, ours, 0.01)
    for _ in range(10):
        gradient = rng.normal(size=20).astype(precision)
        optimiser.step(gradient)
        theirs.grad = torch.from_numpy(gradient)
        reference.step()
        assert ours == pytest.approx(theirs.detach().numpy(), abs=1e-6)
    assert ours.dtype == precision


@pytest.mark.parametrize("name", NAMES)
def test_restored_arrays_continue_as_if_nothing_had_happened(name):
    rng = np.random.default_rng(0)
    w = rng.normal(size=5)
    optimiser = make_optimiser(name, w, 0.01)
    for _ in range(3):
        optimiser.step(rng.normal(size=5))
    copy = w.copy()
    restored = make_optimiser(name, copy, 0.01)
    for key, array in restored.arrays().items():
        array[...] = optimiser.arrays()[key]
    gradient = rng.normal(size=5)
    optimiser.step(gradient)
    restored.step(gradient)
    assert (copy == w).all()


def test_an_unknown_optimiser_is_refused():
    with pytest.raises(
        ValueError,
        match="unknown optimiser 'adm': did you mean 'adam'\\? Valid: sgd, momentum, adam",
    ):
        make_optimiser("adm", np.zeros(1), 0.1)


def test_a_long_gradient_is_shortened_and_a_short_one_kept():
    gradient = np.array([3.0, 4.0])
    assert clip_norm(gradient, 1.0) == 5
    assert gradient == pytest.approx([0.6, 0.8], abs=1e-6)
    assert clip_norm(gradient, 2.0) == pytest.approx(1, abs=1e-6)
    assert gradient == pytest.approx([0.6, 0.8], abs=1e-6)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_no_gradient_stays_longer_than_it_may_be_and_the_longest_that_may_stays_as_it_is(precision):
    rng = np.random.default_rng(0)
    for gradient in rng.normal(size=(200, 7)).astype(precision):
        clip_norm(gradient, 0.5)
        assert float(np.linalg.norm(gradient)) <= 0.5
    longest = np.array([3.0, 4.0], precision)
    clip_norm(longest, 5.0)
    assert longest.tolist() == [3, 4]
