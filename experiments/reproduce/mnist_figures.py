"""Plots and the table of a classifier of digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.box import SIMPLE
from sklearn import metrics

from experiments.console import Table
from experiments.reproduce.digits import CLASSES
from experiments.reproduce.plots import canvas, save
from experiments.reproduce.report import Plot


def learning_curve(losses: Sequence[float], accuracies: Sequence[float], name: str) -> Plot:
    """Draws training loss and test accuracy, a number of each for every epoch."""
    figure, (left, right) = canvas(2)
    epochs = np.arange(1, len(losses) + 1)
    left.semilogy(epochs, losses)
    left.set_ylabel("cross-entropy on the training images")
    right.plot(epochs, 100 * np.array(accuracies), color="C1")
    right.set_ylabel("% of the test images right")
    for axes in (left, right):
        axes.set_xlabel("epoch")
    figure.suptitle(f"Learning {name}")
    return save("mnist-learning", figure)


def confusion(matrix: np.ndarray, name: str) -> Plot:
    """Draws the confusion matrix, (10, 10) counts by true digit and by answer."""
    figure, (axes,) = canvas()
    figure.set_size_inches(6, 5.5)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(matrix):
        if count:
            color = "white" if shares[row, column] > 0.5 else "black"
            axes.text(column, row, str(count), ha="center", va="center", color=color, fontsize=8)
    axes.set_xticks(range(CLASSES))
    axes.set_yticks(range(CLASSES))
    axes.set_xlabel("answer")
    axes.set_ylabel("digit")
    axes.set_title(f"Confusion matrix, test images of {name}")
    return save("mnist-confusion", figure)


def scores_table(labels: np.ndarray, predicted: np.ndarray) -> Table:
    """Return precision, recall and F1 of each digit, and how many test images it has."""
    scores = metrics.precision_recall_fscore_support(
        labels, predicted, labels=range(CLASSES), zero_division=0.0
    )
    table = Table("digit", title="each digit", title_justify="left", box=SIMPLE)
    for column in ("precision", "recall", "F1", "images"):
        table.add_column(column, justify="right")
    for digit, (precision, recall, f1, images) in enumerate(zip(*scores, strict=True)):
        table.add_row(str(digit), f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}", str(images))
    return table


def confusion_table(matrix: np.ndarray) -> Table:
    """Return the confusion matrix, (10, 10), a row for each true digit."""
    table = Table("digit", title="how often each digit got which answer",
                  title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))  # fmt: skip
    for answer in range(CLASSES):
        table.add_column(str(answer), justify="right")
    for digit, counts in enumerate(matrix.tolist()):
        table.add_row(str(digit), *(str(count) if count else "·" for count in counts))
    return table
