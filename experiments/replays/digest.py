"""A number that tells one screen from another."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np


def digest(observation: Mapping[str, np.ndarray]) -> int:
    """Return 32 bits that tell a screen from nearly every other: characters, colours, cursor."""
    value = zlib.crc32(observation["tty_chars"].data)
    value = zlib.crc32(observation["tty_colors"].data, value)
    return zlib.crc32(observation["tty_cursor"].data, value)
