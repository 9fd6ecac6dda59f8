"""How figures look: readable on a phone and in print, by day and by night, in few colours."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import matplotlib as mpl
from cycler import cycler

# Okabe & Ito (2008), without their yellow, which is too pale for lines; the last one is the ink.
INK, PALE, GRID = "#222222", "#6b6b6b", "#e0e0e0"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", INK)
AREAS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
REST = "#9a9a9a"  # of an area: all that has no colour of its own
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.2)), (0, (7, 2, 1.5, 2)))
MARKERS = "osD^vPX"
WIDTH, HEIGHT = 4.8, 3.3  # inches; of a phone's width, a point is about a pixel
NAME = 26  # characters of a name, then a new line: no name is ever cut

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=COLOURS),
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "text.parse_math": False,  # a name with dollars is a name
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 9,
    "svg.fonttype": "none",  # text stays text: small, selectable, in the font of the page
    "svg.hashsalt": "yendor",  # equal figures give equal files
    "pdf.fonttype": 42,
}


def styled() -> Any:
    """Return a context in which figures are made and saved."""
    return mpl.rc_context(STYLE)


def colour(index: int) -> str:
    """Return the colour of the config of that number."""
    return COLOURS[index % len(COLOURS)]


def dashes(index: int) -> Any:
    """Return the line style of the config of that number: told apart without colours, too."""
    return DASHES[index % len(DASHES)]


def wrapped(name: str, width: int = NAME) -> str:
    """Return a name on as many lines as it needs."""
    return "\n".join(wrap(name, width)) or name
