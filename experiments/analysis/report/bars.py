"""Shares that add up to one: over training as areas, by situation as bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.report.curves import PERCENT, WHOLE, legend_below
from experiments.analysis.report.style import AREAS, PALE, REST, colour, wrapped


def draw_areas(
    x: np.ndarray, shares: Mapping[str, np.ndarray], label: str
) -> Callable[[Figure], None]:
    """Return what draws shares over x: {name: (n,)}, the last of which is all the rest."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        axes.stackplot(
            x, *shares.values(), labels=list(shares), colors=hues(len(shares)), lw=0.6,
            edgecolor="white",
        )  # fmt: skip
        axes.set_xlim(x[0], x[-1] if len(x) > 1 else x[0] + 1)
        axes.set_ylim(0, 1)
        axes.set_xlabel(label)
        axes.set_ylabel("share of decisions")
        axes.xaxis.set_major_formatter(WHOLE)
        axes.yaxis.set_major_formatter(PERCENT)
        axes.locator_params(axis="x", nbins=6)
        legend_below(figure, axes, 4)

    return draw


def draw_stacked(
    names: Sequence[str], shares: Mapping[str, np.ndarray]
) -> Callable[[Figure], None]:
    """Return what draws a bar for each name, made of shares: {part: (names,)}."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        left = np.zeros(len(names))
        for (part, share), hue in zip(shares.items(), hues(len(shares)), strict=True):
            axes.barh(
                names, share, left=left, color=hue, label=part, height=0.78, lw=0.6,
                edgecolor="white",
            )  # fmt: skip
            left += share
        axes.set_xlim(0, 1)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(PERCENT)
        axes.set_xlabel("share of decisions")
        axes.tick_params(axis="y", length=0, labelsize=9)
        axes.grid(visible=False)
        legend_below(figure, axes, 4)

    return draw


def draw_grouped(
    names: Sequence[str], shares: Mapping[str, np.ndarray], label: str
) -> Callable[[Figure], None]:
    """Return what draws a bar of each config at each name: {config: (names,)}."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        thick = 0.8 / len(shares)
        for i, (config, share) in enumerate(shares.items()):
            at = np.arange(len(names)) + (i - (len(shares) - 1) / 2) * thick
            axes.barh(at, share, height=thick * 0.9, color=colour(i), label=wrapped(config))
        axes.set_yticks(np.arange(len(names)), [wrapped(name) for name in names])
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.xaxis.set_major_formatter(PERCENT)
        axes.set_xlabel(label)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        axes.axvline(0, color=PALE, lw=1)
        legend_below(figure, axes)

    return draw


def hues(count: int) -> list[str]:
    """Return a colour for each part but the last, which is grey: the rest."""
    return [*(AREAS[i % len(AREAS)] for i in range(count - 1)), REST]
