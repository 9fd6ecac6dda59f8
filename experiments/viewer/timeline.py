"""The whole game in one line: where the levels change, where it is dangerous, and how it ends."""

from __future__ import annotations

import functools
from itertools import groupby

import numpy as np
from rich.style import Style
from rich.text import Text

from experiments.playback.events import low
from experiments.playback.playback import Playback
from experiments.viewer.curves import LABEL_COLUMNS
from experiments.viewer.jumps import died, level_changes
from experiments.viewer.scale import column_of, end_of, in_columns

PLAIN, UNKNOWN = Style(color="bright_black"), Style(color="bright_black", dim=True)
LEVEL, DANGER = Style(color="bright_cyan"), Style(color="red")
DEATH, SURVIVED = Style(color="red", bold=True), Style(color="bright_green", bold=True)
HERE = Style(color="black", bgcolor="bright_yellow", bold=True)
LEGEND = "▼ level  ━ danger  ✖ death"


def timeline(playback: Playback, position: int, width: int) -> Text:
    """Return the line, with the label before it.

    Args:
        playback: the game.
        position: to be marked.
        width: columns with the label.
    """
    end = end_of(playback)
    label = "so far" if playback.total is None else f"position {position / max(end, 1):.0%}"
    text = Text(f"{label:<{LABEL_COLUMNS}}", no_wrap=True)
    text.append_text(_line(playback, playback.length, playback.over, end, width - LABEL_COLUMNS))
    here = LABEL_COLUMNS + column_of(position, end, width - LABEL_COLUMNS)
    text.stylize(HERE, here, here + 1)
    return text


@functools.lru_cache(maxsize=2)  # while a game is watched, only the mark moves
def _line(playback: Playback, length: int, over: bool, end: int, columns: int) -> Text:
    """Return the line of a playback of that length."""
    cells = [("┄", UNKNOWN)] * columns
    danger = in_columns(low(playback), np.maximum, end, columns)
    cells[: len(danger)] = [("━", DANGER) if bad else ("─", PLAIN) for bad in danger]
    for change in level_changes(playback).tolist():
        cells[column_of(change, end, columns)] = ("▼", LEVEL)
    if over:
        cells[-1] = ("✖", DEATH) if died(playback) else ("■", SURVIVED)
    text = Text()
    for style, group in groupby(cells, key=lambda cell: cell[1]):
        text.append("".join(character for character, _ in group), style)
    return text
