"""Plots, as PNG."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.reproduce.report import Plot


def canvas(columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Return a figure and its axes, side by side."""
    figure = Figure(figsize=(6 * columns, 3.8), layout="constrained")
    return figure, list(np.ravel(figure.subplots(1, columns)))


def save(name: str, figure: Figure) -> Plot:
    """Return the figure as a plot of that name."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120)
    return Plot(name, buffer.getvalue())


def curves(
    name: str,
    title: str,
    lines: Mapping[str, Sequence[float] | np.ndarray],
    labels: tuple[str, str] = ("step", "loss"),
    log: bool = False,
) -> Plot:
    """Draw lines over the steps 1, 2 and so on.

    Args:
        name, title: of the plot.
        lines: values by label.
        labels: of the axes.
        log: whether the values are on a logarithmic scale.
    """
    figure, (axes,) = canvas()
    for label, values in lines.items():
        axes.plot(np.arange(1, len(values) + 1), values, label=label)
    axes.set_title(title)
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    if log:
        axes.set_yscale("log")
    axes.legend()
    return save(name, figure)
