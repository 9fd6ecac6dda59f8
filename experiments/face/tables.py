"""Rows as tables of pandas, which is an extra."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.errors import UserError
from experiments.files import Row

if TYPE_CHECKING:
    from pandas import DataFrame


def frame(rows: Sequence[Row]) -> DataFrame:
    """Return a table with a row for each; what is counted by name has a column for each name.

    ``{"macros": {"explore": 3}}`` becomes the column ``macros/explore``, as `metrics.jsonl` writes
    such names.

    Raises:
        UserError: without pandas.
    """
    try:
        import pandas
    except ImportError:
        raise UserError('tables need pandas: pip install "yendor[frames]"') from None
    return pandas.json_normalize(list(rows), sep="/")
