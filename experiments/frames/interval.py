"""Where an action's value may lie: a line from the lower to the upper bound, on a common scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rich.text import Text

from experiments.replays.decisions import Choice

POINT, ZERO = "●", "┊"


@dataclass(frozen=True)
class Scale:
    """What the values of one choice are drawn on.

    Attributes:
        low, high: values at its ends.
        decimals: with which values are written.
        figure: characters of the longest value.
    """

    low: float
    high: float
    decimals: int
    figure: int

    def text(self, value: float) -> str:
        """Return a value as it is written."""
        return f"{value:,.{self.decimals}f}"

    def column(self, value: float, width: int) -> int:
        """Return the column of a value, cut to the scale."""
        share = (value - self.low) / (self.high - self.low)
        return int(round(min(max(share, 0.0), 1.0) * (width - 1)))

    def heading(self, width: int) -> str:
        """Return the values at both ends, or as much as there is room for."""
        low, high = self.text(self.low), self.text(self.high)
        room = width - len(low) - len(high)
        if room < 1:
            return "range"[:width].ljust(width)
        zero = self.column(0.0, width) - len(low)
        middle = " " * zero + "0" if 1 <= zero < room - 1 else ""
        return low + middle.ljust(room) + high


def scale_of(choice: Choice) -> Scale | None:
    """Return the scale of a choice's values; None without estimates."""
    if choice.estimates is None:
        return None
    known = choice.estimates[np.isfinite(choice.estimates)]
    largest = float(np.abs(known).max()) if len(known) else 1.0
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 0.1 else 4
    figure = max(len(f"{value:,.{decimals}f}") for value in [*known, 0.0])
    return Scale(*_ends(choice, choice.estimates), decimals, max(figure, len("value")))


def _ends(choice: Choice, estimates: np.ndarray) -> tuple[float, float]:
    """Room for all estimates and the bounds of legal actions; and for those of illegal ones, which
    may be wide, as far as they take up no more than half of it.
    """
    if choice.bounds is None:
        return _extent(estimates)
    low, high = _extent(np.concatenate([estimates, *choice.bounds[:, choice.legal]]))
    widest_low, widest_high = _extent(np.concatenate([[low, high], *choice.bounds]))
    spare = (high - low) / 2
    return max(widest_low, low - spare), min(widest_high, high + spare)


def _extent(values: np.ndarray) -> tuple[float, float]:
    """Return the lowest and the highest finite value, apart from each other."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    return (low, high) if high > low else (low - 1, high + 1)


def interval(choice: Choice, action: int, width: int, scale: Scale, style: str) -> Text:
    """Return ``├──●──┤``; an end that is infinite or beyond the scale is an arrow."""
    cells = [" "] * width
    if scale.low < 0 < scale.high:
        cells[scale.column(0.0, width)] = ZERO
    if choice.bounds is not None and choice.estimates is not None:
        low, high = (float(bound) for bound in choice.bounds[:, action])
        low = low if np.isfinite(low) else -np.inf  # a replay keeps no sign of what is infinite
        left, right = scale.column(low, width), scale.column(high, width)
        cells[left : right + 1] = "─" * (right - left + 1)
        cells[left] = "├" if np.isfinite(low) and low >= scale.low else "◀"
        cells[right] = "┤" if np.isfinite(high) and high <= scale.high else "▶"
        estimate = float(choice.estimates[action])
        if np.isfinite(estimate):
            cells[scale.column(estimate, width)] = POINT
    return Text("".join(cells), style)
