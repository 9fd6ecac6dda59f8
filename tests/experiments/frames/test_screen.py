"""NetHack's screen as rich text."""

import numpy as np
import pytest
from rich.console import Console

from envs.knowledge.statistics import Statistics
from experiments.frames.screen import screen_text
from experiments.playback.screens import Screen


def blank():
    chars = np.full((24, 80), ord(" "), np.uint8)
    colors = np.zeros((24, 80), np.uint8)
    return chars, colors, (0, 79)


def draw(chars, colors, cursor, rows=None):
    stats = Statistics(*range(27))
    return screen_text(Screen(chars, colors, cursor, np.zeros((21, 79), np.int16), stats), rows)


def write(chars, row, text):
    chars[row, : len(text)] = list(text.encode())


def style_at(text, offset):
    return text.get_style_at_offset(Console(), offset)


def test_all_of_the_screen_is_there():
    chars, colors, cursor = blank()
    chars[:] = np.arange(33, 33 + 24, dtype=np.uint8)[:, None]
    lines = draw(chars, colors, cursor).plain.split("\n")
    assert lines == [chr(33 + row) * 80 for row in range(24)]


@pytest.mark.parametrize(
    ("color", "name"),
    [(1, "red"), (3, "yellow"), (7, "white"), (9, "bright_red"), (15, "bright_white")],
)
def test_colours_are_nethacks(color, name):
    chars, colors, cursor = blank()
    chars[0, 5], colors[0, 5] = ord("d"), color
    style = style_at(draw(chars, colors, cursor), 5)
    assert style.color.name == name
    assert not style.reverse


@pytest.mark.parametrize("color", [0, 8])
def test_black_shows_on_a_dark_terminal(color):
    chars, colors, cursor = blank()
    chars[0, 5], colors[0, 5] = ord("d"), color
    seen = style_at(draw(chars, colors, cursor), 5).color.get_truecolor()
    assert min(seen) > 100


def test_reversed_text_and_the_cursor_are_reversed():
    chars, colors, cursor = blank()
    colors[0, 3] = 16 | 7
    text = draw(chars, colors, cursor)
    assert [style_at(text, x).reverse for x in (3, 4, 79)] == [True, False, True]


def test_a_low_terminal_loses_blank_rows_of_the_map_first():
    chars, colors, cursor = blank()
    for row in (0, *range(2, 24)):
        write(chars, row, f"row {row}")
    lines = [line.rstrip() for line in draw(chars, colors, cursor, 23).plain.split("\n")]
    assert lines == [f"row {row}" for row in (0, *range(2, 24))]


def test_message_and_lower_status_line_stay_when_the_map_is_full():
    chars, colors, cursor = blank()
    for row in range(24):
        write(chars, row, f"row {row}")
    lines = [line.rstrip() for line in draw(chars, colors, cursor, 23).plain.split("\n")]
    assert lines == [f"row {row}" for row in (*range(22), 23)]
