"""Figures of a comparison, as PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.comparison import Contestant
from experiments.analysis.statistics import (
    Estimate,
    bootstrap,
    mean,
    paired_difference,
    running_mean,
)
from experiments.analysis.tables import SEED, column

WINDOW = 20  # training games in the running mean


def learning_curves(contestants: Sequence[Contestant], metric: str) -> bytes:
    """Draws the running mean of a metric over the training games of each run."""
    figure = Figure(figsize=(7, 3.5), layout="constrained")
    axes = figure.subplots()
    for contestant in contestants:
        if contestant.training:
            values = running_mean(column(contestant.training, metric), WINDOW)
            axes.plot(np.arange(1, len(values) + 1), values, label=contestant.name)
    axes.set_xlabel("training game")
    axes.set_ylabel(f"{metric}, mean of the last {WINDOW} games")
    if axes.lines:
        axes.legend()
    return _png(figure)


def intervals(contestants: Sequence[Contestant], metric: str) -> bytes:
    """Draws each run's mean on the unseen games, with its 95 % interval."""
    rng = np.random.default_rng(SEED)
    estimates = [bootstrap(column(c.evaluation, metric), mean, rng) for c in contestants]
    return _rows([c.name for c in contestants], estimates, f"{metric}, mean and 95 % interval")


def differences(contestants: Sequence[Contestant], metric: str) -> bytes:
    """Draws the paired difference of every two runs, with its 95 % interval, against zero."""
    rng = np.random.default_rng(SEED)
    pairs = list(combinations(contestants, 2))
    estimates = [
        paired_difference(column(a.evaluation, metric), column(b.evaluation, metric), rng)
        for a, b in pairs
    ]
    label = f"difference in {metric}, paired by seed, and 95 % interval"
    return _rows([f"{a.name} - {b.name}" for a, b in pairs], estimates, label, zero=True)


def _rows(names: list[str], estimates: list[Estimate], label: str, zero: bool = False) -> bytes:
    figure = Figure(figsize=(7, 1 + 0.4 * len(names)), layout="constrained")
    axes: Axes = figure.subplots()
    values = np.array([e.value for e in estimates])
    # A percentile interval of a skewed sample may leave its value outside by a hair.
    below = np.maximum(values - [e.low for e in estimates], 0)
    above = np.maximum([e.high for e in estimates] - values, 0)
    axes.errorbar(values, np.arange(len(names)), xerr=[below, above], fmt="o", capsize=4)
    axes.set_yticks(np.arange(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlabel(label)
    if zero:
        axes.axvline(0, color="grey", linestyle=":")
    return _png(figure)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120)
    return buffer.getvalue()
