"""Estimates with their intervals, one below the other, beside their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.report.style import INK, MARKERS, PALE, colour, wrapped
from experiments.analysis.statistics.confidence import Estimate

ROW, AXIS = 0.34, 0.75  # inches of a row, and of what is below
NAMES = 22  # characters of a name beside the axes


def height(names: Sequence[str]) -> float:
    """Inches that so many names need."""
    lines = sum(wrapped(name, NAMES).count("\n") for name in names)
    return AXIS + ROW * len(names) + 0.16 * lines + 0.1


def draw_forest(
    names: Sequence[str],
    estimates: Sequence[Estimate],
    label: str,
    zero: bool = False,
) -> Callable[[Figure], None]:
    """Return what draws them: coloured as configs, or as differences, about a line at zero."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        for i, estimate in enumerate(estimates):
            _row(axes, i, estimate, zero)
        axes.set_yticks(np.arange(len(names)), [wrapped(name, NAMES) for name in names])
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlabel(label)
        axes.locator_params(axis="x", nbins=5)
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        if zero:
            axes.axvline(0, color=PALE, ls=(0, (4, 3)), lw=1.2, zorder=1)

    return draw


def _row(axes: Axes, i: int, estimate: Estimate, difference: bool) -> None:
    hue = (INK if estimate.excludes_zero else PALE) if difference else colour(i)
    filled = not difference or estimate.excludes_zero
    if not estimate.why:
        axes.hlines(i, estimate.low, estimate.high, color=hue, lw=2.2)
    marker = MARKERS[0 if difference else i % len(MARKERS)]
    axes.plot(estimate.value, i, marker, color=hue, ms=7, mfc=hue if filled else "none", mew=1.6)
