"""Arrays of an NPZ file that may come from anybody: sizes are compared before any is allocated."""

from __future__ import annotations

import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agents.bounded import open_regular

MOST_BYTES = 2**27  # of all arrays together: a bench of 100,000 states
STRANGE = (  # what a damaged zip file, or a damaged header in it, makes Python's readers raise
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, TypeError, OverflowError,
    NotImplementedError, RuntimeError, SyntaxError, tokenize.TokenError, RecursionError,
)  # fmt: skip


def read_arrays(path: Path, names: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the arrays of these names.

    Raises:
        OSError: when the file can't be read.
        ValueError: when an array is missing, damaged or too large.
    """
    try:
        with open_regular(path) as file, zipfile.ZipFile(file) as archive:
            sizes = [archive.getinfo(f"{name}.npy").file_size for name in names]
            if sum(sizes) > MOST_BYTES:
                raise ValueError(f"{sum(sizes):,} bytes of arrays; at most {MOST_BYTES:,} are read")
            return {name: _array(archive.read(f"{name}.npy")) for name in names}
    except STRANGE as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None


def _array(data: bytes) -> np.ndarray:
    """Return an array whose header announces just what follows it."""
    file = io.BytesIO(data)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("an array is of another version of the format")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    if math.prod(shape) * dtype.itemsize != len(data) - file.tell():
        raise ValueError(f"an array announces {shape} numbers, and others follow")
    return np.load(io.BytesIO(data), allow_pickle=False)
