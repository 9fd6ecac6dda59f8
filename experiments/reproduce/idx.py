"""IDX files, the format of MNIST: a magic number, the sizes of the dimensions, the numbers.

Source: "The MNIST database of handwritten digits" (LeCun, Cortes & Burges), section on file
formats. The magic number is two zero bytes, a code of the numbers' type, and how many dimensions;
each size is four bytes; the highest byte always comes first.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

from experiments.errors import UserError

DTYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MAX_DIMENSIONS = 4
MAX_BYTES = 2**28  # MNIST's largest file has 47 million
AGAIN = "get the file again"


def read_idx(path: Path) -> np.ndarray:
    """Read an IDX file, plain or gzipped; which of the two, its first bytes tell.

    Nothing is read beyond what the header announces, and nothing at all if that is more than
    `MAX_BYTES` or not the size of the file.

    Returns:
        An array of the file's own shape and type.

    Raises:
        UserError: names the file, what is wrong with it, and what to do.
    """
    try:
        with path.open("rb") as raw:
            zipped = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not zipped:
                return _read(raw, path, path.stat().st_size)
            with gzip.open(raw) as stream:
                return _read(stream, path, None)  # type: ignore[arg-type]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UserError(f"{path}: is a damaged gzip file ({error}); {AGAIN}") from None
    except OSError as error:
        raise UserError(f"{path}: can't be read: {error.strerror}") from None


def _read(stream: BinaryIO, path: Path, file_size: int | None) -> np.ndarray:
    dtype, shape = _header(stream, path)
    size = math.prod(shape) * dtype.itemsize
    if size > MAX_BYTES:
        raise UserError(
            f"{path}: its header announces {_shape(shape)} numbers, {size:,} bytes, more than any"
            f" file of MNIST has; the header is damaged, so {AGAIN}"
        )
    if file_size is not None:
        _check_size(path, shape, size, file_size - stream.tell())
    data = stream.read(size + 1)
    _check_size(path, shape, size, len(data))
    return np.frombuffer(data, dtype).reshape(shape)


def _header(stream: BinaryIO, path: Path) -> tuple[np.dtype, tuple[int, ...]]:
    magic = stream.read(4)
    known = len(magic) == 4 and magic[:2] == b"\0\0" and magic[2] in DTYPES
    if not known or not 1 <= magic[3] <= MAX_DIMENSIONS:
        raise UserError(
            f"{path}: is not an IDX file: it begins with {magic.hex(' ') or 'nothing'}, where"
            " images"
            f" have 00 00 08 03 and labels 00 00 08 01; {AGAIN}"
        )
    sizes = stream.read(4 * magic[3])
    if len(sizes) < 4 * magic[3]:
        raise UserError(f"{path}: is cut short within its header; {AGAIN}")
    return np.dtype(DTYPES[magic[2]]), struct.unpack(f">{magic[3]}I", sizes)


def _check_size(path: Path, shape: tuple[int, ...], wanted: int, found: int) -> None:
    if found < wanted:
        raise UserError(
            f"{path}: is cut short: its header announces {_shape(shape)} numbers, {wanted:,} bytes,"
            f" and {found:,} follow; {AGAIN}"
        )
    if found > wanted:
        raise UserError(
            f"{path}: is longer than the {_shape(shape)} numbers, {wanted:,} bytes, that its header"
            f" announces; {AGAIN}"
        )


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{size:,}" for size in shape)
