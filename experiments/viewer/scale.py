"""Positions of a game on the columns of a line."""

from __future__ import annotations

import numpy as np

from experiments.playback.playback import Playback


def end_of(playback: Playback) -> int:
    """Return the last position that a line must reach: of the whole game, or of what is known."""
    return playback.length if playback.total is None else playback.total


def column_of(position: int, end: int, width: int) -> int:
    """Return the column, of `width`, in which a position in 0..end lies."""
    return -(-(position + 1) * width // (end + 1)) - 1


def position_at(column: int, end: int, width: int) -> int:
    """Return the first position of a column; of the last column the last one."""
    if column >= width - 1:
        return end
    return max(column, 0) * (end + 1) // width


def starts(end: int, width: int, known: int) -> np.ndarray:
    """(n,) first positions of the columns that begin before `known`."""
    first = np.arange(width) * (end + 1) // width
    return first[first < known]


def in_columns(values: np.ndarray, reduce: np.ufunc, end: int, width: int) -> np.ndarray:
    """Return one value per column, as far as they are known.

    Args:
        values: (n,) of the positions so far.
        reduce: ``np.minimum`` or ``np.maximum``: what becomes of a column's values.
        end: the last position of the line.
        width: columns.
    """
    return reduce.reduceat(values, starts(end, width, len(values)))
