"""How IDX files are written."""

import struct

import numpy as np
import pytest

CODES = {"u1": 8, "i1": 9, ">i2": 11, ">i4": 12, ">f4": 13, ">f8": 14}


@pytest.fixture
def idx():
    """Returns the bytes of an IDX file that holds an array."""

    def to_bytes(array: np.ndarray, dtype: str = "u1") -> bytes:
        sizes = struct.pack(f">{array.ndim}I", *array.shape)
        return bytes([0, 0, CODES[dtype], array.ndim]) + sizes + array.astype(dtype).tobytes()

    return to_bytes
