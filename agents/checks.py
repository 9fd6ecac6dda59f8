"""Checks of settings, with errors that say what is valid."""

from __future__ import annotations

import math


def check_range(
    name: str,
    value: float,
    low: float = -math.inf,
    high: float = math.inf,
    *,
    open_below: bool = False,
) -> None:
    """ValueError unless `value` is finite and low <= value <= high (low < value if open)."""
    if math.isfinite(value) and low <= value <= high and not (open_below and value == low):
        return
    if math.isinf(low):
        wanted = "a finite number"
    elif math.isinf(high):
        wanted = f"{'above' if open_below else 'at least'} {low} and finite"
    else:
        wanted = f"{'above' if open_below else 'from'} {low} up to {high}"
    raise ValueError(f"{name} must be {wanted}, got {value}")
