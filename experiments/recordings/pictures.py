"""Pictures of a game: the map in NetHack's tiles, and a caption below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from envs.data.glyphs import STONE
from envs.nethack import tiles
from experiments.errors import UserError
from experiments.frames.keys import keys_text
from experiments.playback.playback import Playback
from experiments.playback.screens import MAP_COLUMNS, MAP_ROWS, Screen
from experiments.recordings import caption
from experiments.recordings.scaling import scaled

DEFAULT_PIXELS, LEAST_PIXELS, MOST_PIXELS = 960, 480, 3_840  # pixels
LEAST_ROWS, LEAST_COLUMNS = 9, 24
SHAPE = 16 / 9  # width to height; pictures may be flatter


class Pictures:
    """Pictures of a stretch of a game, all of one size and of the same part of the map.

    That part holds all that was seen of any level from `first` to `last`.

    Args:
        playback: which has been played up to `last`.
        first, last: positions.
        width: in pixels; an odd one is made even.

    Attributes:
        size: (width, height) in pixels, both even.
        palette: (n, 3) uint8; the pictures are indices into it.

    Raises:
        UserError: for a width that can't be read, or that is beyond any screen's.
    """

    def __init__(
        self, playback: Playback, first: int, last: int, width: int = DEFAULT_PIXELS
    ) -> None:
        if not LEAST_PIXELS <= width <= MOST_PIXELS:
            raise UserError(
                f"a picture can't be {width:,} pixels wide; choose from {LEAST_PIXELS} to"
                f" {MOST_PIXELS:,}"
            )
        self.playback, self.first, self.last = playback, first, last
        width -= width % 2
        self._caption = caption.Caption(width)
        highest = int(width / SHAPE) - self._caption.height
        seen = explored(playback, first, last)
        self._box, side = fit(seen, width, highest)
        self._tiles, colors = scaled(side)
        self._ink = len(colors)  # where the caption's colours begin
        self.palette = np.concatenate([colors, caption.colors()])
        rows, columns = (part.stop - part.start for part in self._box)
        self._left = (width - columns * side) // 2
        self._map_height = rows * side
        height = self._map_height + self._caption.height
        self.size = width, height + height % 2

    def __iter__(self) -> Iterator[np.ndarray]:
        """Draws every position from `first` to `last`: (height, width) uint8 each."""
        for place, screen in enumerate(self.playback.screens.between(self.first, self.last)):
            yield self._draw(self.first + place, screen)

    def rgb(self, position: int) -> np.ndarray:
        """Draws one position: (height, width, 3) uint8."""
        return self.palette[self._draw(position, self.playback.screens[position])]

    def _draw(self, position: int, screen: Screen) -> np.ndarray:
        width, height = self.size
        picture = np.zeros((height, width), np.uint8)
        picture[self._map_height :] = self._ink
        drawn = tiles.mosaic(self._tiles, screen.glyphs[self._box])
        picture[: self._map_height, self._left :][:, : drawn.shape[1]] = drawn
        self._draw_hero(picture, screen)
        strip = self._draw_caption(position, screen)
        picture[self._map_height :][: len(strip)] = strip + np.uint8(self._ink)
        return picture

    def _draw_hero(self, picture: np.ndarray, screen: Screen) -> None:
        """Draws a frame round the hero's square."""
        rows, columns = self._box
        side = self._tiles.shape[1]
        top = (screen.stats.y - rows.start) * side
        left = (screen.stats.x - columns.start) * side + self._left
        if top < 0 or left < 0:  # the hero is nowhere, as before the first level is made
            return
        square = picture[: self._map_height][top : top + side, left : left + side]
        edge = max(side // 16, 1)
        square[:edge] = square[-edge:] = self._ink + caption.FULL_BLUE
        square[:, :edge] = square[:, -edge:] = self._ink + caption.FULL_BLUE

    def _draw_caption(self, position: int, screen: Screen) -> np.ndarray:
        playback = self.playback
        # At the end of a decision its last key is shown, not the next one's beginning.
        decision = playback.decision_at(position if position == self.first else position - 1)
        doing = decision.macro
        keys = keys_text(decision.keys[: position - decision.start])
        if position == playback.total:
            doing, keys = "", playback.ending
        return self._caption.draw(screen.message.strip(), screen.stats, doing, keys, playback.title)


def explored(playback: Playback, first: int, last: int) -> tuple[slice, slice]:
    """Return the rows and columns of the map in which anything was seen from `first` to `last`."""
    seen = np.zeros((MAP_ROWS, MAP_COLUMNS), bool)
    for screen in playback.screens.between(first, last):
        np.logical_or(seen, screen.glyphs != STONE, out=seen)
    return _extent(seen), _extent(seen.T)


def fit(seen: tuple[slice, slice], width: int, height: int) -> tuple[tuple[slice, slice], int]:
    """Chooses what part of the map to show, and how large.

    Args:
        seen: rows and columns that must be shown.
        width, height: of the map's picture, in pixels, at most.

    Returns:
        The rows and columns, and the side of a tile in pixels.
    """
    rows = widen(seen[0], LEAST_ROWS, MAP_ROWS)
    columns = widen(seen[1], LEAST_COLUMNS, MAP_COLUMNS)
    side = min(width // (columns.stop - columns.start), height // (rows.stop - rows.start))
    return (rows, widen(columns, width // side, MAP_COLUMNS)), side


def widen(part: slice, least: int, limit: int) -> slice:
    """Make a part at least so long, evenly on both sides as far as the limit lets it."""
    length = part.stop - part.start
    wanted = min(max(length, least), limit)
    start = min(max(part.start - (wanted - length) // 2, 0), limit - wanted)
    return slice(start, start + wanted)


def _extent(seen: np.ndarray) -> slice:
    """Return the rows from the first to the last in which anything was seen, and one on either
    side.
    """
    places = np.flatnonzero(seen.any(axis=1))
    if not len(places):
        return slice(0, 1)
    return slice(max(int(places[0]) - 1, 0), min(int(places[-1]) + 2, len(seen)))
