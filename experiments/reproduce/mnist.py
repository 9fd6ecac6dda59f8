"""Handwritten digits by a network of our own: D-512 ReLU-10 softmax, cross-entropy, Adam.

Source: the post "Solving MNIST with a Neural Network from the ground up". Test images are used for
the figures at the end and the curve of the plot, and decide nothing.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn import metrics
from threadpoolctl import threadpool_limits

from agents.networks.mlp import MLP
from agents.networks.optimisers import Adam
from experiments.reproduce import long_short, mnist_figures
from experiments.reproduce.digits import CLASSES, WHERE, Digits, read_mnist, stand_in
from experiments.reproduce.report import NOT_IN_POST, Check, Report, Settings

HIDDEN, BATCH, LEARNING_RATE = 512, 128, 2e-3
EPOCHS, MIN_STEPS = 8, 600  # more epochs where a data set is too small for so many steps
POST_ACCURACY = "92–95 %"
GOAL_ACCURACY, GOAL_ACCURACY_STAND_IN = 0.975, 0.92


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained network, and its curve: a number for each epoch.

    Attributes:
        net: outputs logits.
        losses: mean cross-entropy of the training batches.
        accuracies: on the test images.
        seconds: of training, without testing.
    """

    net: MLP
    losses: list[float]
    accuracies: list[float]
    seconds: float


def reproduce(
    settings: Settings, min_steps: int = MIN_STEPS, units: tuple[int, ...] = long_short.UNITS
) -> Report:
    """Return the post's figures.

    Args:
        settings: the seed, and where MNIST is; without it scikit-learn's digits stand in.
        min_steps: of training, on a data set that is too small for so many in 8 epochs.
        units: hidden layers for which the long form is measured.

    Raises:
        UserError: for files that are missing or damaged.
    """
    digits = read_mnist(settings.mnist) if settings.mnist else stand_in(settings.seed)
    rng = settings.rng()
    with threadpool_limits(1):  # threads gain little here, and lose much on a busy machine
        trained = train(digits, rng, min_steps, settings.say)
    predicted = classify(trained.net, digits.test_x)
    costs = []
    for number in units:
        settings.say(f"long form against short form, {number} units")
        costs.append(long_short.measure(number, rng))
    checks = (*_checks(digits, trained, predicted, settings), *long_short.checks(costs))
    confusion = metrics.confusion_matrix(digits.test_y, predicted, labels=range(CLASSES))
    plots = (
        mnist_figures.learning_curve(trained.losses, trained.accuracies, digits.name),
        mnist_figures.confusion(confusion, digits.name),
        long_short.plot(costs),
    )
    tables = (
        mnist_figures.scores_table(digits.test_y, predicted),
        mnist_figures.confusion_table(confusion),
        long_short.table(costs),
    )
    notes = () if settings.mnist else (f"These are {digits.name}, standing in for MNIST. {WHERE} "
                                       "Then: yendor reproduce mnist --mnist DIR",)  # fmt: skip
    title = "Solving MNIST with a neural network from the ground up"
    return Report(title, checks, plots, tables, notes)


def train(
    digits: Digits, rng: np.random.Generator, min_steps: int, say: Callable[[str], None]
) -> Trained:
    """Trains by Adam in shuffled batches, the learning rate falling linearly to 0.

    Args:
        digits: the data set.
        rng: draws the weights and the order of the images.
        min_steps: see `reproduce`.
        say: told of every epoch.
    """
    n, inputs = digits.train_x.shape
    net = MLP([inputs, HIDDEN, CLASSES], rng=rng)
    optimiser = Adam(net.parameters, LEARNING_RATE)
    batches = math.ceil(n / BATCH)
    epochs = max(EPOCHS, math.ceil(min_steps / batches))
    one_hot = np.eye(CLASSES, dtype=np.float32)[digits.train_y]
    losses, accuracies, seconds = [], [], 0.0
    for epoch in range(epochs):
        began, total = time.perf_counter(), 0.0
        for number, batch in enumerate(np.array_split(rng.permutation(n), batches)):
            optimiser.learning_rate = LEARNING_RATE * (1 - (epoch + number / batches) / epochs)
            net.forward(digits.train_x[batch])
            total += net.cross_entropy(one_hot[batch])
            optimiser.step(net.gradient)
        seconds += time.perf_counter() - began
        losses.append(total / batches)
        right = classify(net, digits.test_x) == digits.test_y
        accuracies.append(float(right.mean()))
        say(f"epoch {epoch + 1} of {epochs}, loss {losses[-1]:.4f}, {seconds:.0f} s")
    return Trained(net, losses, accuracies, seconds)


def classify(net: MLP, images: np.ndarray) -> np.ndarray:
    """Return the class of the highest logit, (N,), of images (N, D)."""
    return np.asarray(net.predict(images).argmax(axis=1))


def _checks(
    digits: Digits, trained: Trained, predicted: np.ndarray, settings: Settings
) -> list[Check]:
    accuracy = float(metrics.accuracy_score(digits.test_y, predicted))
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        digits.test_y, predicted, average="macro", labels=range(CLASSES), zero_division=0.0
    )
    goal = GOAL_ACCURACY if settings.mnist else GOAL_ACCURACY_STAND_IN
    sizes = "–".join(map(str, trained.net.sizes))
    trained_in = f"{len(trained.losses)} epochs, {trained.seconds:.0f} s"
    expected = f"{POST_ACCURACY}; ours must reach {100 * goal:g} %"
    if not settings.mnist:
        expected = f"{POST_ACCURACY} (of MNIST); the stand-in must reach {100 * goal:g} %"
    scores = f"{precision:.4f}, {recall:.4f}, {f1:.4f}"
    tested = f"accuracy on {len(predicted):,} test images of {digits.name}"
    same = trained.net.sizes[1:] == (HIDDEN, CLASSES)
    return [
        Check("network", "784–512–10", f"{sizes}, {trained_in}", same),
        Check(tested, expected, f"{accuracy:.2%}", accuracy >= goal),
        Check("precision, recall, F1 (macro averages)", NOT_IN_POST, scores,
              min(precision, recall, f1) >= goal - 0.02),
    ]  # fmt: skip
