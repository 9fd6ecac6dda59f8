"""What the row of a round must hold: numbers by name, see `experiments/training/metrics.py`."""

from __future__ import annotations

from experiments.files import Row
from experiments.runs.game_rows import LARGEST

NEEDED = ("round", "games")


def misfit(row: Row) -> str:
    """Name what a round's row lacks, or has of the wrong kind; "" if it is sound."""
    for name in NEEDED:
        if type(row.get(name)) is not int:
            return f"{name} is missing"
    for name, value in row.items():
        if not isinstance(value, int | float) or abs(value) > LARGEST:
            return f"{name} is no number"
    return ""
