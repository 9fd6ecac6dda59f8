"""NetHack's tiles in any size."""

from __future__ import annotations

import functools

import numpy as np
from PIL import Image

from envs.nethack.tiles import TILE, palette, tiles

MIXED_COLORS = 111  # colours for what lies between those of the tiles


@functools.cache
def scaled(side: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the tiles of all glyphs in another size.

    Larger ones repeat pixels; smaller ones mix them, in a few more colours.

    Args:
        side: of a tile, in pixels.

    Returns:
        (5977, side, side) uint8, and the palette of which they are indices, (n, 3) uint8: all
        colours of `tiles.palette`, and mixed ones.
    """
    if side < TILE:
        return _smaller(side)
    steps = np.arange(side) * TILE // side
    return np.ascontiguousarray(tiles()[:, steps[:, None], steps]), palette()


def _smaller(side: int) -> tuple[np.ndarray, np.ndarray]:
    numbers: dict[bytes, int] = {}  # many glyphs share a tile
    which = [numbers.setdefault(tile.tobytes(), len(numbers)) for tile in tiles()]
    drawn = np.frombuffer(b"".join(numbers), np.uint8)
    pixels = palette()[drawn].reshape(-1, TILE, TILE, 3)
    size, smooth = (side, side), Image.Resampling.LANCZOS
    small = np.stack([np.asarray(Image.fromarray(tile).resize(size, smooth)) for tile in pixels])
    mixed = Image.fromarray(small.reshape(-1, side, 3))
    chosen = mixed.quantize(MIXED_COLORS, Image.Quantize.MAXCOVERAGE).getpalette() or []
    colors = np.concatenate([palette(), np.reshape(chosen, (-1, 3)).astype(np.uint8)])
    paints = Image.new("P", (1, 1))
    paints.putpalette(colors.tobytes())
    indices = np.asarray(mixed.quantize(palette=paints, dither=Image.Dither.NONE))
    return indices.reshape(-1, side, side)[which], colors
