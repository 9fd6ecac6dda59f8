"""What the row of a round must hold: numbers by name, see `experiments/training/metrics.py`."""

from __future__ import annotations

from experiments.files import Row
from experiments.runs.game_rows import in_bounds

NEEDED = ("round", "games")
HIGHEST = 1e100  # far above a loss, which is the square of a reward


def misfit(row: Row) -> str:
    """Name what a round's row lacks, or has of the wrong kind; "" if it is sound."""
    for name in NEEDED:
        if type(row.get(name)) is not int:
            return f"{name} is missing"
    for name, value in row.items():
        if not is_metric(value):
            return f"{name} is no number"
    return ""


def is_metric(value: object) -> bool:
    """Whether a value is a number that a row may have: finite, and not beyond all measure."""
    return isinstance(value, int | float) and in_bounds(value, HIGHEST)
