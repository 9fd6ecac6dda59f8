"""The post on MNIST, on small generated files and on scikit-learn's digits."""

import numpy as np
import pytest

from experiments.reproduce import long_short, mnist
from experiments.reproduce.digits import FILES, Digits, stand_in
from experiments.reproduce.report import Settings


@pytest.fixture
def folder(tmp_path, idx):
    """500 and 100 noisy images, in which a bright row says which digit it is."""
    rng = np.random.default_rng(0)
    for images_name, labels_name, n in ((*FILES[:2], 500), (*FILES[2:], 100)):
        labels = rng.integers(0, 10, n)
        images = rng.integers(0, 100, (n, 10, 10))
        images[np.arange(n), labels] += 150
        (tmp_path / images_name).write_bytes(idx(images))
        (tmp_path / labels_name).write_bytes(idx(labels))
    return tmp_path


def test_idx_files_are_learned(folder):
    report = mnist.reproduce(Settings(0, folder), min_steps=40, units=(4, 8))
    assert not report.failures
    assert "97.5 %" in report.checks[1].expected
    assert not report.notes
    assert [plot.name for plot in report.plots] == [
        "mnist-learning", "mnist-confusion", "mnist-long-short"]  # fmt: skip


def test_the_stand_in_is_learned_and_says_what_it_is():
    report = mnist.reproduce(Settings(1), min_steps=150, units=(4,))
    assert not report.failures
    assert "standing in for MNIST" in report.notes[0]
    assert all(name in report.notes[0] for name in FILES)


def test_a_network_that_learned_nothing_fails():
    rng = np.random.default_rng(0)
    digits = stand_in(0)
    shuffled = Digits("shuffled", digits.train_x, rng.permutation(digits.train_y),
                      digits.test_x, digits.test_y)  # fmt: skip
    net = mnist.train(shuffled, rng, 20, lambda _: None).net
    assert (mnist.classify(net, digits.test_x) == digits.test_y).mean() < 0.5


def test_training_is_the_same_for_the_same_seed():
    digits = stand_in(0)
    a, b, c = (mnist.train(digits, np.random.default_rng(s), 1, lambda _: None) for s in (3, 3, 4))
    np.testing.assert_array_equal(a.net.parameters, b.net.parameters)
    assert (a.net.parameters != c.net.parameters).any()


def test_training_and_test_images_of_the_stand_in_are_different_ones():
    digits = stand_in(0)
    assert len(digits.train_x) + len(digits.test_x) == 1797
    assert digits.train_x.max() == 1 and set(digits.test_y) == set(range(10))


def test_the_long_form_gives_the_same_gradient_for_k_times_the_memory():
    cost = long_short.measure(64, np.random.default_rng(0))
    assert cost.difference < 1e-12
    assert cost.peak["long"] > 64**2 * 784 * 8 > 100 * cost.peak["short"]
