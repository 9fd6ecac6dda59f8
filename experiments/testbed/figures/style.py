"""How the figures look: made for a projector, and for eyes that tell few colours apart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import StrMethodFormatter

# Okabe & Ito (2008), without their yellow, which is too pale for lines on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
INK, PALE = "#222222", "#767676"
SIZE = (12.8, 7.2)  # inches: 16 to 9
DPI = 150  # 1,920 by 1,080 pixels
LABEL = 14  # points
WHOLE = StrMethodFormatter("{x:,.0f}")  # of ticks

STYLE: Any = {
    "font.size": 15,
    "axes.titlesize": 16,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "lines.linewidth": 2.2,
    "lines.solid_capstyle": "round",
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "yendor",  # equal figures give equal files
}


def colour(index: int) -> str:
    """Return the colour of the line of that number."""
    return COLOURS[index % len(COLOURS)]


def canvas(title: str, subtitle: str, rows: int = 1, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """Return a slide with a title, a line below it, and panels; to be used within `STYLE`."""
    layout = ConstrainedLayoutEngine(rect=(0.01, 0.01, 0.98, 0.84), h_pad=0.1, w_pad=0.1)
    figure = Figure(figsize=SIZE, layout=layout)
    figure.text(0.022, 0.925, title, fontsize=25, fontweight="bold", color=INK)
    figure.text(0.022, 0.875, subtitle, fontsize=14, color=PALE)
    return figure, list(np.ravel(figure.subplots(rows, columns)))


def label_ends(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write a label at the right of each line, moved apart where they would overlap.

    Args:
        axes: with its limits set.
        ends: (y where the line ends, text, colour).
    """
    heights = [_height(axes, y) for y, _, _ in ends]
    gap = 1.25 * LABEL / 72 / (axes.get_position().height * SIZE[1])
    for (_, text, hue), y in zip(ends, spread(heights, gap), strict=True):
        axes.annotate(
            text, (1, y), (8, 0), "axes fraction", textcoords="offset points", color=hue,
            fontsize=LABEL, fontweight="bold", va="center", annotation_clip=False,
        )  # fmt: skip


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Move numbers as little as is simple until neighbours are `gap` apart; the order stays."""
    order = np.argsort(heights, kind="stable")
    moved = np.array(heights, dtype=float)[order]
    for _ in range(200):  # push pairs apart from their middle until none overlap
        overlaps = gap - np.diff(moved)
        if (overlaps <= 1e-9).all():
            break
        for i in np.flatnonzero(overlaps > 1e-9):
            push = max(gap - (moved[i + 1] - moved[i]), 0) / 2
            moved[i] -= push
            moved[i + 1] += push
    result = np.empty_like(moved)
    result[order] = moved
    return result.tolist()


def thinned(values: np.ndarray, points: int) -> tuple[np.ndarray, np.ndarray]:
    """Return steps and values of a line of at most `points` points, each the mean of a block of
    steps.
    """
    block = -(-len(values) // points)
    starts = np.arange(0, len(values), block)
    sizes = np.diff(np.append(starts, len(values)))
    return starts + (sizes + 1) / 2, np.add.reduceat(values, starts) / sizes


def pictures(figure: Figure) -> dict[str, bytes]:
    """Return the figure as PNG and as SVG, by the ending of the file's name."""
    made = {}
    for ending, metadata in (("png", {"Software": None}), ("svg", {"Date": None})):
        buffer = io.BytesIO()
        figure.savefig(buffer, format=ending, dpi=DPI, metadata=metadata, facecolor="white")
        made[ending] = buffer.getvalue()
    return made


def styled() -> Any:
    """Return a context in which figures are made and saved."""
    return mpl.rc_context(STYLE)


def _height(axes: Axes, y: float) -> float:
    """Return the height of y in the axes, from 0 at the bottom to 1 at the top."""
    low, high = axes.get_ylim()
    scale = np.log if axes.get_yscale() == "log" else float
    return float((scale(y) - scale(low)) / (scale(high) - scale(low)))
