"""A playback as an asciicast, for asciinema to play.

The format: https://docs.asciinema.org/manual/asciicast/v2/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np

from experiments.errors import UserError
from experiments.frames.panels import keys_line
from experiments.outputs import whole_file
from experiments.playback.events import arrivals, dangers
from experiments.playback.playback import Playback
from experiments.playback.screens import (
    BLANK,
    REVERSE_BIT,
    TERMINAL_COLUMNS,
    TERMINAL_ROWS,
    Screen,
    looks,
)
from experiments.replays.decisions import Decision

HEIGHT = TERMINAL_ROWS + 2  # a blank line, and the line of the macro-action
LONGEST_PAUSE_SECONDS, KEYS_PER_PAUSE = (
    0.5,
    4,
)  # seconds; keystrokes that a decision's pause may last
BLACK, BRIGHT_BLACK = (0, 8), 90  # black is drawn bright: it would not show on a dark terminal
CLEAR = "\x1b[0m\x1b[2J"
Event = tuple[float, str, str]  # seconds since the beginning, "o" or "m", what


def write_cast(
    path: Path, playback: Playback, *, first: int = 0, last: int | None = None, speed: float = 12.0
) -> None:
    """Write a playback as an asciicast v2, with markers for new depths, danger and death.

    Below NetHack's 24 rows, one line tells the macro-action and its keys.

    Args:
        path: the file, usually ``*.cast``; written whole or not at all.
        playback: it is played as far as needed.
        first: position of the first screen.
        last: position of the last one; omitted: the end of what was played so far.
        speed: keystrokes per second; a decision begins with a short pause.

    Raises:
        UserError: for an unknown folder, for positions that the game does not have, and for a
            speed that is not positive.
    """
    last = playback.play_part(first, last)
    if not speed > 0:
        raise UserError(f"the speed is {speed:g} keystrokes per second; it must be above 0")
    head = {
        "version": 2, "width": TERMINAL_COLUMNS, "height": HEIGHT, "title": playback.title,
        "env": {"TERM": "xterm-256color"},
    }  # fmt: skip
    rows = chain([head], events(playback, first, last, speed))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with whole_file(path) as partial:
        partial.write_text(text, encoding="utf-8")


def events(playback: Playback, first: int, last: int, speed: float) -> Iterator[Event]:
    """Yield the events of a part of a playback that was played so far, in order of time.

    The one of ``first`` draws the whole screen; every later one what has changed since.
    """
    pause = min(LONGEST_PAUSE_SECONDS, KEYS_PER_PAUSE / speed)
    screens = playback.screens.between(first, last)
    seconds, screen, line = 0.0, next(screens), _line(playback.decision_at(first), first)
    marks = _marks(playback)
    starts = {decision.start for decision in playback.decisions}
    yield _event(seconds, CLEAR + _screen_changes(None, screen) + _show(line, screen))
    for position, after in enumerate(screens, first + 1):
        if position - 1 in starts:
            seconds += pause
        seconds += 1 / speed
        before, screen = screen, after
        line = _line(playback.decision_at(position - 1), position)
        yield _event(seconds, _screen_changes(before, screen) + _show(line, screen))
        if position in marks:
            yield round(seconds, 6), "m", marks[position]
        if position in starts and position < last:
            yield _event(
                seconds + pause / 2, _show(_line(playback.decision_at(position), position), screen)
            )


def _event(seconds: float, text: str) -> Event:
    return round(seconds, 6), "o", text


def _marks(playback: Playback) -> dict[int, str]:
    """Return what the markers say, by position."""
    stats = playback.screens.stats
    marks = {
        first: f"danger: HP {stats(first).hit_points}({stats(first).max_hit_points})"
        for first, _ in dangers(playback)
    }
    marks |= {arrival.position: f"depth {arrival.depth}" for arrival in arrivals(playback)}
    cause = playback.outcome().cause
    if playback.over and not playback.notice and cause:
        marks[playback.length] = cause
    return marks


def _line(decision: Decision, position: int) -> str:
    """Return the macro-action and its keys so far: of more than there is room for, the last
    ones.
    """
    keys = decision.keys[: position - decision.start]
    return keys_line(replace(decision, keys=keys), TERMINAL_COLUMNS).plain


def _show(line: str, screen: Screen) -> str:
    """Write the line below the screen, and puts the cursor where NetHack has it."""
    row, column = screen.cursor
    return f"\x1b[{HEIGHT};1H\x1b[0;1m{line}\x1b[0m\x1b[K\x1b[{row + 1};{column + 1}H"


def _screen_changes(before: Screen | None, after: Screen) -> str:
    """Draws the cells that look different: all but the blank ones, if there is none before."""
    chars, colors = looks(after)
    old_chars, old_colors = BLANK if before is None else looks(before)
    text, pen, expected = [], -1, (-1, -1)
    for row, column in np.argwhere((chars != old_chars) | (colors != old_colors)).tolist():
        if (row, column) != expected:
            text.append(f"\x1b[{row + 1};{column + 1}H")
        if colors[row, column] != pen:
            pen = int(colors[row, column])
            text.append(_sgr(pen))
        text.append(chr(chars[row, column]))
        expected = (row, column + 1)
    return "".join(text)


def _sgr(color: int) -> str:
    """Return the escape sequence that sets one of NLE's colours."""
    number = color % REVERSE_BIT
    code = BRIGHT_BLACK if number in BLACK else number + (30 if number < 8 else 82)
    return f"\x1b[0;{'7;' if color & REVERSE_BIT else ''}{code}m"
