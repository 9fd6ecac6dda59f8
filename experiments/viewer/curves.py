"""Hit points, depth and score over the game, as lines of block characters."""

from __future__ import annotations

import functools
from itertools import groupby

import numpy as np
from rich.style import Style
from rich.text import Text

from experiments.frames.panels import number
from experiments.playback.playback import Playback
from experiments.viewer.scale import column_of, end_of, in_columns

BLOCKS = " ▁▂▃▄▅▆▇█"
LABEL_COLUMNS = 15  # columns before the curves and the timeline
HERE = Style(bgcolor="bright_black")
BEHIND = Style(color="bright_black", dim=True)
HEALTH = (Style(color="red"), Style(color="yellow"), Style(color="green"))  # by thirds
DEPTH, SCORE = Style(color="cyan"), Style(color="bright_blue")


def curve_lines(playback: Playback, position: int, width: int, rows: int) -> list[Text]:
    """Return three curves, each of `rows` rows, with a label before them.

    Hit points are the lowest of every column, so that danger shows, in front of their maximum.

    Args:
        playback: the game.
        position: to be marked.
        width: columns with the label.
        rows: of each curve.
    """
    stats, end = playback.screens.stats(position), end_of(playback)
    labels = (
        f"HP {stats.hit_points}({stats.max_hit_points})",
        f"depth {stats.depth}",
        f"score {number(stats.score)}",
    )
    here = LABEL_COLUMNS + column_of(position, end, width - LABEL_COLUMNS)
    lines = []
    for place, curve in enumerate(
        _curves(playback, playback.length, end, width - LABEL_COLUMNS, rows)
    ):
        label = labels[place // rows] if place % rows == 0 else ""
        line = Text(f"{label:<{LABEL_COLUMNS}.{LABEL_COLUMNS - 1}}", no_wrap=True).append_text(
            curve
        )
        line.stylize(HERE, here, here + 1)
        lines.append(line)
    return lines


@functools.lru_cache(maxsize=2)  # while a game is watched, only the mark moves
def _curves(playback: Playback, length: int, end: int, columns: int, rows: int) -> list[Text]:
    """Return the curves of a playback of that length, without labels."""
    series = playback.screens.series
    hit_points = in_columns(series("hit_points"), np.minimum, end, columns)
    maxima = np.maximum(in_columns(series("max_hit_points"), np.maximum, end, columns), 1)
    depth = in_columns(series("depth"), np.maximum, end, columns)
    score = in_columns(series("score"), np.maximum, end, columns)
    thirds = np.clip(3 * hit_points // maxima, 0, 2).tolist()
    health = [HEALTH[third] for third in thirds]
    return [
        *_curve(hit_points, int(maxima.max()), health, rows, maxima),
        *_curve(depth, int(depth.max()), [DEPTH] * columns, rows),
        *_curve(score, int(score.max()), [SCORE] * columns, rows),
    ]


def _curve(
    values: np.ndarray, top: int, styles: list[Style], rows: int, behind: np.ndarray | None = None
) -> list[Text]:
    """One curve: `values` (n,) of 0..top, of which `behind` (n,) shows the rest in grey."""
    levels = _levels(values, top, rows)
    back = np.zeros_like(levels) if behind is None or rows == 1 else _levels(behind, top, rows)
    lines = []
    for row in range(rows - 1, -1, -1):
        cells = [
            (style, filled) if filled > 0 else (BEHIND, rest)
            for style, filled, rest in zip(
                styles, (levels - 8 * row).tolist(), (back - 8 * row).tolist(), strict=False
            )
        ]
        lines.append(_line(cells))
    return lines


def _line(cells: list[tuple[Style, int]]) -> Text:
    """Return a line of blocks, each of a style and a height in eighths."""
    text = Text()
    for style, group in groupby(cells, key=lambda cell: cell[0]):
        text.append("".join(BLOCKS[min(max(height, 0), 8)] for _, height in group), style)
    return text


def _levels(values: np.ndarray, top: int, rows: int) -> np.ndarray:
    """Eighths of a row for every value; at least one, so that nothing looks unknown."""
    return np.clip(np.rint(values / max(top, 1) * 8 * rows), 1, 8 * rows).astype(int)
