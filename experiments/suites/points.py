"""Values to try: lists and ranges, as a suite writes them; seeds; and what they are called."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from envs.names import nearest, shown
from experiments.errors import ConfigError, UserError
from experiments.seeds import LAST_RUN_SEED

MOST_STEPS = 1_000  # of a range
MOST_SEEDS = 10_000
MOST_POINTS = 1_000  # combinations of a sweep
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
        raise ValueError(f"must be a list or a range, as in {example}, not {shown(given)}")
    if unknown := [str(key) for key in given if key not in RANGE_KEYS]:
        hint = nearest(unknown[0], RANGE_KEYS)
        raise ValueError(f"unknown key {shown(unknown[0])} of a range; {hint}")
    return _range(**{"low": None, "high": None, "steps": None, "log": False, **given})


def _range(low: Any, high: Any, steps: Any, log: Any) -> list[Any]:
    if not (_is_number(low) and _is_number(high) and low < high):
        raise ValueError(f"a range needs numbers low < high, not {shown(low)} and {shown(high)}")
    low, high = (
        end if isinstance(end, float) or abs(end) < 2**53 else float(end) for end in (low, high)
    )
    if type(steps) is not int or steps < 2:
        raise ValueError(f"a range needs steps, at least 2, not {shown(steps)}")
    if steps > MOST_STEPS:
        raise ValueError(f"a range has at most {MOST_STEPS:,} steps, not {shown(steps)}")
    if log is True and low <= 0:
        raise ValueError(f"a range with log: true needs low > 0, not {shown(low)}")
    spread = np.geomspace if log is True else np.linspace
    return _tidy(spread(low, high, steps), (low, high))


def seeds_of(given: Any) -> list[int]:
    """Return the seeds that a number of them, or a list, stands for: 3 is 0, 1, 2.

    Raises:
        ValueError: for anything else, and for a seed given twice or out of range.
    """
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        if given > MOST_SEEDS:
            raise ValueError(f"must be at most {MOST_SEEDS:,} seeds, not {shown(given)}")
        return list(range(given))
    whole = isinstance(given, list) and given and all(type(seed) is int for seed in given)
    if not whole:
        raise ValueError(
            f"must be how many, as in 5, or a list, as in [0, 3, 7], not {shown(given)}"
        )
    if len(set(given)) < len(given):
        raise ValueError(f"has a seed twice: {shown(given)}")
    if not 0 <= min(given) <= max(given) <= LAST_RUN_SEED:
        raise ValueError(f"seeds must be from 0 to {LAST_RUN_SEED:,}, not {shown(given)}")
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
    """Return every combination of the values of several keys; of none, the empty one.

    Raises:
        ConfigError: for more of them than anybody can train.
    """
    count = math.prod(len(values) for values in sweep.values())
    if count > MOST_POINTS:
        raise ConfigError(f"the sweep has {count:,} combinations; at most {MOST_POINTS:,} are made")
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
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)


def _tidy(values: np.ndarray, ends: tuple[float, float]) -> list[Any]:
    """Return the values to six digits; as integers if the ends are, and no value is lost."""
    short = [float(f"{value:.{DIGITS}g}") for value in values]
    whole = all(isinstance(end, int) for end in ends) and all(v.is_integer() for v in short)
    return [int(value) for value in short] if whole else short
