"""Files that may come from anybody: read within bounds, and JSON without surprises."""

from __future__ import annotations

import errno
import json
import math
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading; a pipe, a device or a folder is refused, and never waited for.

    Raises:
        OSError: when it can't be opened, or is no file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "is no regular file", str(path))
    return os.fdopen(descriptor, "rb")


def read_bounded(path: Path, most: int) -> bytes:
    """Return the content of a file.

    Args:
        path: the file's.
        most: bytes; of a longer file none is kept.

    Raises:
        OSError: when it can't be read.
        ValueError: when it is longer.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(most + 1) if size <= most else b""
    if max(size, len(data)) > most:
        raise ValueError(f"it has {max(size, len(data)):,} bytes; at most {most:,} are read")
    return data


def parse_json(text: str | bytes) -> Any:
    """Read JSON as its standard has it: UTF-8, all numbers finite, nothing nested without end.

    Raises:
        ValueError: says what is wrong.
    """
    try:
        return _DECODER.decode(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON's")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"a number is out of range: {text[:20]}")
    return value


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


def is_file(path: Path) -> bool:
    """Whether there is such a file; names too long or with a null byte are those of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; likewise."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
