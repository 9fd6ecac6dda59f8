"""NetHack's screen as rich text."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from rich.style import Style
from rich.text import Text

from experiments.films.screens import Screen

# The terminal's own colours, in NetHack's order (color.h). Black is for things, not for nothing:
# a grey that shows on a dark background stands in for it, and for "no colour" (8).
COLORS = (
    "grey50", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "grey50", "bright_red", "bright_green", "bright_yellow",
    "bright_blue", "bright_magenta", "bright_cyan", "bright_white",
)  # fmt: skip
REVERSE = 16  # NLE's tty_colors: the bit beside colour and brightness
_STYLES = tuple(
    Style(color=COLORS[color % 16], reverse=bool(color & REVERSE)) for color in range(32)
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
    lines = [_line(*row) for row in zip(screen.chars, screen.colors, strict=True)]
    y, x = screen.cursor
    lines[y].stylize(_CURSOR, x, x + 1)
    dropped = [] if rows is None else _expendable(screen.chars)[: max(len(lines) - rows, 0)]
    kept = [line for row, line in enumerate(lines) if row not in dropped]
    text = Text("\n", no_wrap=True, overflow="crop").join(kept)
    text.no_wrap, text.overflow = True, "crop"
    return text


def _line(chars: np.ndarray, colors: np.ndarray) -> Text:
    text = Text()
    string = chars.tobytes().replace(b"\0", b" ").decode("latin-1")
    start = 0
    for color, group in groupby((colors & 31).tolist()):
        end = start + len(list(group))
        text.append(string[start:end], _STYLES[color])
        start = end
    return text


def _expendable(chars: np.ndarray) -> list[int]:
    blank = [row for row in MAP_ROWS if not (chars[row] > SPACE).any()]
    return [*blank, FIRST_STATUS_ROW]
