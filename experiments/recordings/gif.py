"""The GIF format, as far as pictures of one palette need it: each as a change of the one before.

Pillow writes such files too, but keeps every picture until the last one is there. See the
specification, https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from PIL import GifImagePlugin, Image

TRANSPARENT = 255
LEAST_HUNDREDTHS, LONGEST_HUNDREDTHS = (
    2,
    65_535,
)  # hundredths of a second; browsers slow down what stays for less
GAP_ROWS = 16  # unchanged rows from which on it pays to pack what is above and below apart
END = b";"
_FOR_EVER = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


def header(size: tuple[int, int], palette: np.ndarray) -> bytes:
    """Return the beginning of a file that repeats for ever.

    Args:
        size: (width, height) in pixels.
        palette: (n, 3) uint8, of at most 255 colours.
    """
    colors = palette.tobytes().ljust(3 * 256, b"\0")
    return struct.pack("<6sHHBBB", b"GIF89a", *size, 0b1111_0111, 0, 0) + colors + _FOR_EVER


def images(pictures: Iterable[np.ndarray], counts: Sequence[int]) -> Iterator[bytes]:
    """Packs pictures; what follows an equal one is shown as a longer stay of that.

    Where a picture changes at two places far apart, the upper one changes 1/50 s before the other:
    the file is a fifth smaller.

    Args:
        pictures: (height, width) uint8 each: indices into the palette.
        counts: hundredths of a second that each stays; those with 0 are left out.
    """
    before: np.ndarray | None = None
    shown: np.ndarray | None = None
    stays = 0
    for picture, count in zip(pictures, counts, strict=True):
        if count and (shown is None or not np.array_equal(picture, shown)):
            if shown is not None:
                yield _pack(before, shown, stays)
            before, shown, stays = shown, picture, 0
        stays += count
    if shown is not None:
        yield _pack(before, shown, stays)


def _pack(old: np.ndarray | None, new: np.ndarray, stays: int) -> bytes:
    """One image, or two that stay for so long together."""
    if old is None:
        return _image(new, (0, 0), stays)
    changed = old != new
    rows = np.flatnonzero(changed.any(axis=1))
    gaps = np.diff(rows, prepend=rows[0])
    cut = int(gaps.argmax())
    if gaps[cut] < GAP_ROWS or stays < 2 * LEAST_HUNDREDTHS:
        return _change(changed, new, rows, stays)
    upper = _change(changed, new, rows[:cut], LEAST_HUNDREDTHS)
    return upper + _change(changed, new, rows[cut:], stays - LEAST_HUNDREDTHS)


def _change(changed: np.ndarray, new: np.ndarray, rows: np.ndarray, stays: int) -> bytes:
    """Return what changed from the first to the last of some rows, transparent where nothing
    did.
    """
    height = slice(rows[0], rows[-1] + 1)
    columns = np.flatnonzero(changed[height].any(axis=0))
    part = height, slice(columns[0], columns[-1] + 1)
    area = np.where(changed[part], new[part], np.uint8(TRANSPARENT))
    return _image(area, (int(columns[0]), int(rows[0])), stays)


def _image(area: np.ndarray, corner: tuple[int, int], stays: int) -> bytes:
    milliseconds = 10 * min(stays, LONGEST_HUNDREDTHS)
    return b"".join(
        GifImagePlugin.getdata(
            Image.fromarray(area), corner,
            duration=milliseconds, transparency=TRANSPARENT, disposal=1,
        )
    )  # fmt: skip
