"""Figures of a comparison, as PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.comparison import Comparison
from experiments.analysis.contestants import Contestant
from experiments.analysis.metrics import column
from experiments.analysis.statistics.confidence import Estimate
from experiments.analysis.statistics.smoothing import running_mean

WINDOW = 20  # training games in the running mean
NAME_WIDTH = 36  # characters, then a new line


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


def intervals(comparison: Comparison) -> bytes:
    """Draws each run's mean on the unseen games, with its 95 % interval."""
    names = [score.config for score in comparison.scores]
    estimates = [score.mean for score in comparison.scores]
    return _rows(names, estimates, f"{comparison.metric}, mean and 95 % interval")


def differences(comparison: Comparison) -> bytes:
    """Draws the difference of every two runs, with Holm's interval, against zero."""
    names = [f"{pair.a} − {pair.b}" for pair in comparison.pairs]
    estimates = [pair.adjusted for pair in comparison.pairs]
    label = f"difference in {comparison.metric}, and interval at 5 % for all pairs together"
    return _rows(names, estimates, label, zero=True)


def _rows(names: list[str], estimates: list[Estimate], label: str, zero: bool = False) -> bytes:
    figure = Figure(figsize=(7, 1 + 0.5 * len(names)), layout="constrained")
    axes: Axes = figure.subplots()
    values = np.array([e.value for e in estimates])
    # The interval of a skewed sample may leave its value outside by a hair.
    below = np.maximum(values - [e.low for e in estimates], 0)
    above = np.maximum([e.high for e in estimates] - values, 0)
    axes.errorbar(values, np.arange(len(names)), xerr=[below, above], fmt="o", capsize=4)
    axes.set_yticks(np.arange(len(names)), [fill(name, NAME_WIDTH) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlabel(label)
    if zero:
        axes.axvline(0, color="grey", linestyle=":")
    return _png(figure)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120)
    return buffer.getvalue()
