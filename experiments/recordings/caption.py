"""The strip below the map: the game's message, the hero's state, the macro-action and its keys."""

from __future__ import annotations

import functools
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from envs.knowledge.statistics import Statistics
from envs.nethack.tiles import mosaic

CAPTION_COLUMNS, CAPTION_LINES = 79, 3  # of characters: a message of NetHack's has 79 at most
TITLE_COLUMNS = 44
BAR_COLUMN, BAR_COLUMNS = 14, 12
COVERAGE_LEVELS = 3  # of a letter's coverage of a pixel, for smooth edges
WHITE, GREY, BLUE, RED = range(4)  # inks
INKS = ((236, 236, 236), (140, 146, 158), (120, 200, 255), (255, 116, 108))
BACKGROUND = (24, 26, 32)
BAR_COLORS = (
    (96, 190, 96),
    (224, 192, 72),
    (220, 76, 70),
    (58, 62, 72),
)  # well, hurt, badly; missing
FULL_BLUE = (BLUE + 1) * COVERAGE_LEVELS  # index into `colors`
_CODES = 128  # of characters: ASCII


@functools.cache
def colors() -> np.ndarray:
    """Return the strip's colours, (17, 3) uint8: background, the levels of every ink, and the
    bar's.
    """
    share = np.linspace(0, 1, COVERAGE_LEVELS + 1)[1:, None]
    inks = [np.array(BACKGROUND) * (1 - share) + np.array(ink) * share for ink in INKS]
    return np.rint(np.concatenate([[BACKGROUND], *inks, BAR_COLORS])).astype(np.uint8)


class Caption:
    """Draws strips of one size.

    Args:
        width: in pixels.

    Attributes:
        height: in pixels.
    """

    def __init__(self, width: int) -> None:
        self._letters = letters(width // CAPTION_COLUMNS)
        _, self._line, self._column = self._letters.shape
        self._left, self._top = (width - CAPTION_COLUMNS * self._column) // 2, self._line // 3
        self.height = CAPTION_LINES * self._line + 2 * self._top
        self._empty = np.zeros((self.height, width), np.uint8)

    def draw(
        self, message: str, stats: Statistics, doing: str, keys: str, title: str
    ) -> np.ndarray:
        """Return a strip, (height, width) uint8: indices into `colors`.

        Args:
            message: the game's.
            stats: the hero's.
            doing: the macro-action; "" at the end of the game, when `keys` says how it ended.
            keys: sent so far; of more than there is room for, the last page of them.
            title: of the playback.
        """
        text = np.zeros((CAPTION_LINES, CAPTION_COLUMNS), np.intp)
        _write(text[0], message, WHITE)
        _write_state(text[1], stats)
        title = title[:TITLE_COLUMNS]
        _write_keys(text[2, : CAPTION_COLUMNS - len(title) - 2], doing, keys)
        _write(text[2, CAPTION_COLUMNS - len(title) :], title, GREY)
        strip = self._empty.copy()
        area = strip[self._top : -self._top, self._left :]
        area[:, : CAPTION_COLUMNS * self._column] = mosaic(self._letters, text)
        self._draw_bar(area[self._line : 2 * self._line], stats.health)
        return strip

    def _draw_bar(self, line: np.ndarray, health: float) -> None:
        """Draws the hit points into their line."""
        left, width = BAR_COLUMN * self._column, BAR_COLUMNS * self._column
        bar = line[self._line // 4 : -self._line // 4, left : left + width]
        *states, missing = range(len(colors()) - len(BAR_COLORS), len(colors()))
        filled = round(min(health, 1) * width)
        bar[:, :filled] = states[0 if health > 2 / 3 else 1 if health > 1 / 3 else 2]
        bar[:, filled:] = missing


def _write_state(line: np.ndarray, stats: Statistics) -> None:
    _write(line, "hp", GREY)
    _write(line[3:], f"{stats.hit_points} of {stats.max_hit_points}", WHITE)
    at = BAR_COLUMN + BAR_COLUMNS + 2
    shown = (
        ("depth", stats.depth, 10), ("xp level", stats.experience_level, 13),
        ("turn", stats.turn, 13), ("score", stats.score, 15),
    )  # fmt: skip
    for name, value, columns in shown:
        _write(line[at:], name, GREY)
        _write(line[at + len(name) + 1 :], f"{value:,}", WHITE)
        at += columns


def _write_keys(line: np.ndarray, doing: str, keys: str) -> None:
    if not doing:
        _write(line, keys, RED)
        return
    _write(line, doing, BLUE)
    line = line[len(doing) + 2 :]
    room = max(len(line), 1)
    page = max(len(keys) - 1, 0) // room * room
    _write(line, keys[page:], WHITE)


def _write(line: np.ndarray, text: str, ink: int) -> None:
    """Write at the beginning of a line, as much as it has room for."""
    codes = text[: len(line)].encode("ascii", "replace")
    line[: len(codes)] = ink * _CODES + np.frombuffer(codes, np.uint8).astype(np.intp)


@functools.cache
def letters(width: int) -> np.ndarray:
    """Every character in every ink, (512, 2 * width, width) uint8: indices into `colors`."""
    file = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSansMono.ttf")
    font = ImageFont.truetype(file, width / 0.602)  # its letters are 0.602 of its size wide
    drawn = np.zeros((_CODES, 2 * width, width), np.uint8)
    for code in range(32, 127):
        image = Image.new("L", (width, 2 * width))
        ImageDraw.Draw(image).text((0, round(1.5 * width)), chr(code), 255, font, anchor="ls")
        drawn[code] = np.rint(np.asarray(image) / 255 * COVERAGE_LEVELS)
    inked = [np.where(drawn > 0, drawn + ink * COVERAGE_LEVELS, 0) for ink in range(len(INKS))]
    return np.concatenate(inked).astype(np.uint8)
