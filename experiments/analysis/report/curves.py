"""Lines with bands: learning curves, regret, profiles, survival, metrics of learning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, PercentFormatter, StrMethodFormatter

from experiments.analysis.report.style import colour, dashes, wrapped
from experiments.files import Row

UNLIKE = 6  # times as long
WHOLE = StrMethodFormatter("{x:,.0f}")
PERCENT = PercentFormatter(1)


@dataclass(frozen=True)
class Curve:
    """A line.

    Attributes:
        label: the config.
        index: its number, which gives colour and dashes.
        x, y: (n,).
        low, high: (n,), the band; None for none.
        thin: whether it is one of several of the same config, such as one training seed.
    """

    label: str
    index: int
    x: np.ndarray
    y: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    thin: bool = False


@dataclass(frozen=True)
class Look:
    """What is written at the axes; `step` draws stairs, `zero` begins at zero."""

    x: str
    y: str
    step: bool = False
    y_form: Formatter | None = None
    x_form: Formatter | None = WHOLE
    zero: bool = False
    x_log: bool = False


def draw_curves(curves: Sequence[Curve], look: Look) -> Callable[[Figure], None]:
    """Return what draws the curves on a figure, with a legend below if there are several."""

    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        for curve in curves:
            _line(axes, curve, look)
        axes.set_xscale("log" if look.x_log else "linear")
        axes.set_xlabel(look.x + " (logarithmic)" * look.x_log)
        axes.set_ylabel(look.y)
        if look.zero:
            axes.set_ylim(bottom=0)
        for axis, form in ((axes.xaxis, look.x_form), (axes.yaxis, look.y_form)):
            if form is not None:
                axis.set_major_formatter(form)
        axes.margins(x=0.01)
        if not look.x_log:
            axes.locator_params(axis="x", nbins=6)
        legend_below(figure, axes)

    return draw


def unlike(curves: Sequence[Curve]) -> bool:
    """Whether some curves are so much longer than others that only a log axis shows all."""
    ends = [float(curve.x[-1]) for curve in curves]
    return max(ends) > UNLIKE * min(ends)


def legend_below(figure: Figure, axes: Axes, columns: int | None = None) -> None:
    """One legend for all labelled lines and areas, under the axes; none for a single one."""
    handles, labels = axes.get_legend_handles_labels()
    if len(labels) > 1:
        longest = max(len(part) for label in labels for part in label.split("\n"))
        columns = columns or max(1, min(len(labels), 58 // (longest + 6)))
        figure.legend(handles, labels, loc="outside lower center", ncols=columns)


def numbers_of(curves: Sequence[Curve], x: str, y: str) -> list[Row]:
    """Return the points of curves as rows."""
    return [
        {"config": curve.label, x: float(curve.x[i]), y: float(curve.y[i])} | _band(curve, i)
        for curve in curves
        for i in range(len(curve.x))
    ]


def _band(curve: Curve, i: int) -> Row:
    if curve.low is None or curve.high is None:
        return {}
    return {"low": float(curve.low[i]), "high": float(curve.high[i])}


def _line(axes: Axes, curve: Curve, look: Look) -> None:
    hue, style = colour(curve.index), dashes(curve.index)
    width, alpha = (0.8, 0.55) if curve.thin else (1.8, 1.0)
    label = "_" if curve.thin else wrapped(curve.label)
    where = "steps-post" if look.step else "default"
    axes.plot(
        curve.x, curve.y, color=hue, ls="-" if curve.thin else style, lw=width, alpha=alpha,
        label=label, drawstyle=where,
        marker="o" if len(curve.x) == 1 else None,
    )  # fmt: skip
    if curve.low is not None and curve.high is not None:
        stairs: Any = "post" if look.step else None
        axes.fill_between(curve.x, curve.low, curve.high, color=hue, alpha=0.18, lw=0, step=stairs)
