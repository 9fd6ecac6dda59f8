"""NetHack's screen as rich text."""

from __future__ import annotations

import functools
from itertools import groupby

import numpy as np
from rich.style import Style
from rich.text import Text

from experiments.playback.screens import REVERSE_BIT, Screen, looks

# The terminal's own colours, in NetHack's order (color.h). Black is for things, not for nothing:
# a grey that shows on a dark background stands in for it, and for "no colour" (8).
COLORS = (
    "grey50", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "grey50", "bright_red", "bright_green", "bright_yellow",
    "bright_blue", "bright_magenta", "bright_cyan", "bright_white",
)  # fmt: skip
_STYLES = tuple(
    Style(color=COLORS[color % 16], reverse=bool(color & REVERSE_BIT)) for color in range(32)
)
_CURSOR = Style(reverse=True)
SPACE = ord(" ")
MAP_ROWS = (1, *range(21, 1, -1))  # of the terminal; in which order they may be left out
FIRST_STATUS_ROW = 22


def screen_text(screen: Screen, rows: int | None = None) -> Text:
    """Draws a terminal screen, its cursor reversed.

    Args:
        screen: what the player saw.
        rows: how many rows there is room for; None for all.

    Returns:
        24 lines, or `rows`: blank rows of the map are left out first, those at its edges before
        others, and then the upper status line.
    """
    text = Text("\n", no_wrap=True, overflow="crop").join(screen_lines(screen, rows))
    text.no_wrap, text.overflow = True, "crop"
    return text


def screen_lines(screen: Screen, rows: int | None = None) -> list[Text]:
    """Return the lines of `screen_text`; they are not to be changed, since they may be drawn
    again.
    """
    chars, colors = looks(screen)
    lines = [_line(c.tobytes(), k.tobytes()) for c, k in zip(chars, colors, strict=True)]
    y, x = screen.cursor
    lines[y] = lines[y].copy()
    lines[y].stylize(_CURSOR, x, x + 1)
    dropped = [] if rows is None else _expendable(chars)[: max(len(lines) - rows, 0)]
    return [line for row, line in enumerate(lines) if row not in dropped]


@functools.lru_cache(maxsize=512)  # few lines change from screen to screen
def _line(chars: bytes, colors: bytes) -> Text:
    text = Text()
    string = chars.decode("latin-1")
    start = 0
    for color, group in groupby(colors):
        end = start + len(list(group))
        text.append(string[start:end], _STYLES[color])
        start = end
    return text


def _expendable(chars: np.ndarray) -> list[int]:
    blank = [row for row in MAP_ROWS if not (chars[row] > SPACE).any()]
    return [*blank, FIRST_STATUS_ROW]
