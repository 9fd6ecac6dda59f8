"""Rows of JSON in a file, one in a line, plain or packed by gzip: read within bounds.

The first bytes tell whether a file is packed. A packed one may unpack to `MOST_UNPACKED` bytes, a
plain one have `MOST_BYTES`. Rows take other memory than their text: what they take is added up, in
values of some 62 bytes, and may be `MOST_TAKEN`, which is less than 500 MB.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from agents.bounded import is_file, open_regular, parse_json
from experiments.errors import RunError
from experiments.files import PACKED, Row

MAGIC = b"\x1f\x8b"
MOST_UNPACKED = 2**25  # bytes: the games of training of some 45,000 games
# The most games of a run, `MOST_GAMES` of experiments/seeds.py, have 74 MB and 5,700,000 values.
MOST_BYTES = 2**27  # of a plain file
MOST_TAKEN = 8_000_000  # values
MOST_LINES = 400_000
FOR_A_DICT, CHARACTERS = 3, 16  # values whose memory a dict takes; characters of a value's
LONGEST_LINE = 2**16  # bytes: a game's row has about 700
MOST_EMPTY = 100  # lines: an editor may have added one
MOST_FIELDS = 400  # of a row, those of its macro-actions counted


def read_rows(
    path: Path, first: int | None = None, misfit: Callable[[Row], str] | None = None
) -> list[Row]:
    """Read one JSON object per line: the first so many, or all.

    Args:
        path: the file's; where it is missing, the one that gzip packed is read.
        first: how many; None for all.
        misfit: says what is wrong with a row; "" of a sound one.

    Raises:
        RunError: for a file that can't be read or holds fewer, and for a row that is none.
    """
    rows: list[Row] = []
    names: set[str] = set()
    taken = 0
    for number, line in enumerate(lines_of(path), start=1):
        if len(rows) == first:
            break
        rows.append(_row(path, number, line, misfit))
        taken += _taken(rows[-1], names)
        if taken > MOST_TAKEN:
            raise RunError(f"{path}: line {number}: there are more values than {MOST_TAKEN:,}")
    if first is not None and len(rows) < first:
        raise RunError(f"{path}: is cut short: {len(rows)} rows where {first} are needed")
    return rows


def count_rows(path: Path) -> int:
    """Return how many rows there are, whole or not; empty lines are none.

    Raises:
        RunError: for a file that can't be read.
    """
    return sum(1 for _ in lines_of(path))


def has_rows(path: Path) -> bool:
    """Whether the file is there, plain or packed."""
    return is_file(path) or is_file(path.with_name(path.name + PACKED))


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, or of the packed one beside it.

    Raises:
        RunError: for a file that can't be read, and for one beyond the bounds.
    """
    packed = path.with_name(path.name + PACKED)
    try:
        with open_regular(packed if is_file(packed) and not is_file(path) else path) as file:
            zipped = file.read(2) == MAGIC
            file.seek(0)
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                most = f"at most {MOST_BYTES:,} bytes of rows are read"
                raise RunError(f"{path}: has {size:,} bytes; {most}")
            stream: Any = gzip.GzipFile(fileobj=file) if zipped else file
            yield from _lines(stream, path, MOST_UNPACKED if zipped else MOST_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        told = getattr(error, "strerror", None) or error
        raise RunError(f"{path}: can't be read: {told}") from None


def _lines(stream: BinaryIO, path: Path, most: int) -> Iterator[bytes]:
    number, total, empty = 0, 0, 0
    while line := stream.readline(LONGEST_LINE + 1):
        number, total = number + 1, total + len(line)
        if len(line) > LONGEST_LINE:
            raise RunError(f"{path}: line {number} has more than {LONGEST_LINE:,} bytes")
        if total > most:
            raise RunError(f"{path}: has more than {most:,} bytes of rows; it is not read")
        if number > MOST_LINES:
            raise RunError(f"{path}: has more than {MOST_LINES:,} lines; it is not read")
        if line.strip():
            yield line
        elif (empty := empty + 1) > MOST_EMPTY:
            raise RunError(f"{path}: has more than {MOST_EMPTY} empty lines")


def _row(path: Path, number: int, line: bytes, misfit: Callable[[Row], str] | None) -> Row:
    try:
        row = parse_json(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise RunError(f"{path}: line {number} is cut short or no JSON object")
    fault = _not_flat(row) or (misfit(row) if misfit else "")
    if fault:
        raise RunError(f"{path}: line {number}: {fault}")
    return interned(row)


def interned(row: Row) -> Row:
    """Return a row that shares its names with all others: it takes half the memory."""
    return {
        sys.intern(key): interned(value) if isinstance(value, dict) else value
        for key, value in row.items()
    }


def _taken(row: Row, names: set[str]) -> int:
    """Return how much memory a row takes, in values; adds its names to those of rows before."""
    dicts = [row, *(value for value in row.values() if isinstance(value, dict))]
    texts = [v for one in dicts for v in one.values() if isinstance(v, str)]
    known = len(names)
    names.update(*dicts)
    values = sum(map(len, dicts)) + FOR_A_DICT * len(dicts) + len(names) - known
    return values + sum(1 + len(text) // CHARACTERS for text in texts)


def _not_flat(row: Row) -> str:
    """Say what makes a row more than names with values, some of them for each macro-action."""
    inner = [value for value in row.values() if isinstance(value, dict)]
    values = [value for one in (row, *inner) for value in one.values()]
    if len(values) > MOST_FIELDS:
        return f"it has more than {MOST_FIELDS} values"
    nested = any(isinstance(value, dict) for one in inner for value in one.values())
    if nested or any(isinstance(value, list) for value in values):
        return "it has lists, or values within values"
    return ""
