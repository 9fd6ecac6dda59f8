"""NetHack's tiles: a picture of 16 by 16 pixels for every glyph.

NLE comes with NetHack's drawings (win/share/*.txt) and with the table from glyphs to tiles.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import numpy as np
from nle import nethack as nh
from nle.nethack.nethack import HACKDIR

TILE = 16  # pixels along a side
FILES = ("monsters.txt", "objects.txt", "other.txt")  # in the order of tile numbers
_COLOR = re.compile(r"^(\S) = \((\d+), *(\d+), *(\d+)\)", re.M)
_TILE = re.compile(r"^\{\n([^}]*)^\}", re.M)


def draw(glyphs: np.ndarray) -> np.ndarray:
    """Return a map as NLE's pixel renderer draws it.

    NLE leaves glyph 0, a giant ant, undrawn; here it is drawn.

    Args:
        glyphs: (rows, columns) int.

    Returns:
        (rows * 16, columns * 16, 3) uint8.
    """
    return palette()[mosaic(tiles(), glyphs)]


def mosaic(pieces: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """Lays pieces of a picture side by side.

    Args:
        pieces: (n, height, width).
        grid: (rows, columns) int: which piece where.

    Returns:
        (rows * height, columns * width).
    """
    (rows, columns), (_, height, width) = grid.shape, pieces.shape
    lines = grid[:, None, :].astype(np.intp) * height + np.arange(height)[:, None]
    return pieces.reshape(-1, width).take(lines, axis=0).reshape(rows * height, columns * width)


@functools.cache
def tiles() -> np.ndarray:
    """Return the tile of every glyph, (5977, 16, 16) uint8: indices into `palette`."""
    return _read()[0]


@functools.cache
def palette() -> np.ndarray:
    """Return the colours that tiles use, (17, 3) uint8; the first is black."""
    return _read()[1]


@functools.cache
def _read() -> tuple[np.ndarray, np.ndarray]:
    text = "".join(Path(HACKDIR, "tiles", name).read_text("latin-1") for name in FILES)
    letters = "".join(_TILE.findall(text)).replace(" ", "").replace("\n", "")
    drawn = np.frombuffer(letters.encode("latin-1"), np.uint8).reshape(-1, TILE, TILE)
    of_glyph = drawn[np.append(np.asarray(nh.glyph2tile), nh.glyph2tile[nh.GLYPH_CMAP_OFF])]
    colors = np.zeros((256, 3), np.uint8)
    for letter, *rgb in _COLOR.findall(text):
        colors[ord(letter)] = [int(value) for value in rgb]
    used = np.unique(of_glyph)
    used = used[np.argsort(colors[used].sum(axis=1), kind="stable")]
    number = np.zeros(256, np.uint8)
    number[used] = np.arange(len(used))
    return number[of_glyph], colors[used]
