"""Values to try: lists and ranges, as a suite writes them; seeds; and what they are called."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from envs.names import nearest
from experiments.errors import UserError
from experiments.seeds import LAST_RUN_SEED

RANGE_KEYS = ("low", "high", "steps", "log")
DIGITS = 6  # of a value within a range


def values_of(given: Any) -> list[Any]:
    """Return the values of a list, or of a range ``{low: 0.1, high: 0.5, steps: 3, log: false}``.

    A range of integers whose steps fall on integers has integers.

    Raises:
        ValueError: says what is wrong with it.
    """
    if isinstance(given, list) and given:
        return given
    if not isinstance(given, dict):
        example = "[0.1, 0.5] or {low: 0.1, high: 0.5, steps: 3}"
        raise ValueError(f"must be a list or a range, as in {example}, not {given!r}")
    if unknown := [str(key) for key in given if key not in RANGE_KEYS]:
        hint = nearest(unknown[0], RANGE_KEYS)
        raise ValueError(f"unknown key {unknown[0]!r} of a range; {hint}")
    return _range(**{"low": None, "high": None, "steps": None, "log": False, **given})


def _range(low: Any, high: Any, steps: Any, log: Any) -> list[Any]:
    if not (_is_number(low) and _is_number(high) and low < high):
        raise ValueError(f"a range needs numbers low < high, not {low!r} and {high!r}")
    if type(steps) is not int or steps < 2:
        raise ValueError(f"a range needs steps, at least 2, not {steps!r}")
    if log is True and low <= 0:
        raise ValueError(f"a range with log: true needs low > 0, not {low!r}")
    spread = np.geomspace if log is True else np.linspace
    return _tidy(spread(low, high, steps), (low, high))


def seeds_of(given: Any) -> list[int]:
    """Return the seeds that a number of them, or a list, stands for: 3 is 0, 1, 2.

    Raises:
        ValueError: for anything else, and for a seed given twice or out of range.
    """
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        return list(range(given))
    whole = isinstance(given, list) and given and all(type(seed) is int for seed in given)
    if not whole:
        raise ValueError(f"must be how many, as in 5, or a list, as in [0, 3, 7], not {given!r}")
    if len(set(given)) < len(given):
        raise ValueError(f"has a seed twice: {given}")
    if not 0 <= min(given) <= max(given) <= LAST_RUN_SEED:
        raise ValueError(f"seeds must be from 0 to {LAST_RUN_SEED:,}, not {given}")
    return sorted(given)


def parse_seeds(text: str) -> list[int]:
    """Return the seeds of ``--seeds 5`` or ``--seeds 0,3,7``.

    Raises:
        UserError: for anything else.
    """
    try:
        numbers = [int(part) for part in text.split(",")]
        return seeds_of(numbers if "," in text else numbers[0])
    except ValueError:
        message = f"--seeds {text}: write how many, as in 5, or which, as in 0,3,7"
        raise UserError(message) from None


def grid(sweep: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return every combination of the values of several keys; of none, the empty one."""
    return [dict(zip(sweep, values, strict=True)) for values in product(*sweep.values())]


def label(point: Mapping[str, Any], varied: Iterable[str]) -> str:
    """Return what tells a point of a grid from others, fit for a folder: ``c=0.5-epochs=4``.

    Args:
        point: values by dotted key.
        varied: the keys to tell.
    """
    ends = [key.rpartition(".")[2] for key in point]
    return "-".join(
        f"{end if ends.count(end) == 1 else key}={_word(point[key])}"
        for key, end in zip(point, ends, strict=True)
        if key in varied
    )


def _word(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value).strip("[]{}")
    return re.sub(r"[^\w.,+@-]+", "", text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tidy(values: np.ndarray, ends: tuple[float, float]) -> list[Any]:
    """Return the values to six digits; as integers if the ends are, and no value is lost."""
    short = [float(f"{value:.{DIGITS}g}") for value in values]
    whole = all(isinstance(end, int) for end in ends) and all(v.is_integer() for v in short)
    return [int(value) for value in short] if whole else short
