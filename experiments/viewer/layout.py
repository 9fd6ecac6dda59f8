"""Which part of the viewer goes where in a terminal of any size."""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Region

from experiments.playback.screens import TERMINAL_COLUMNS, TERMINAL_ROWS

GAP_COLUMNS = 1
LEAST_CURVE_COLUMNS = 40  # columns below which there is nothing to see in curves
LEFT = ("screen", "line", "last")  # beside the choice, in a wide terminal
WIDE_COLUMNS = (
    TERMINAL_COLUMNS + GAP_COLUMNS + 37
)  # columns from which on the choice stands beside the screen
ORDER = (
    "title", "notice", "hand", "screen", "choice", "line", "last", "state", "curves", "timeline",
    "log", "footer",
)  # fmt: skip


def regions(
    width: int,
    height: int,
    actions: int,
    notice: bool = False,
    hand: bool = False,
    mapless: bool = False,
) -> dict[str, Region]:
    """Return the regions of the parts there is room for; they do not overlap.

    Args:
        width, height: of the terminal.
        actions: how many macro-actions there are.
        notice, hand: whether there are such lines.
        mapless: whether choice and decisions take the place of the game's screen.
    """
    wide = width >= WIDE_COLUMNS and not mapless
    wishes = _without_map(actions, notice) if mapless else _wishes(wide, actions, notice, hand)
    rows = _rows(wishes, height)
    if width < LEAST_CURVE_COLUMNS:
        rows |= {"curves": 0, "timeline": 0}
    placed, y = {}, 0
    for name in ORDER:
        if not rows.get(name):
            continue
        beside = wide and name in LEFT
        placed[name] = Region(0, y, TERMINAL_COLUMNS if beside else width, rows[name])
        y += rows[name]
    if wide:
        x, top = TERMINAL_COLUMNS + GAP_COLUMNS, placed["screen"].y
        bottom = max(placed[name].bottom for name in LEFT if name in placed)
        placed["choice"] = Region(x, top, width - x, bottom - top)
    return placed


def _wishes(wide: bool, actions: int, notice: bool, hand: bool) -> Iterable[tuple[str, int]]:
    """Parts and rows, the most important first; a part may wish for more later on."""
    yield "line", 1
    yield "screen", 1
    yield "hand", int(hand)
    yield "notice", int(notice)
    yield "screen", TERMINAL_ROWS - 4
    yield "screen", 1
    if not hand:  # there the line about it says what keys do
        yield "footer", 1
    yield from [("screen", 1)] * 2
    yield from (("timeline", 1), ("state", 1), ("title", 1), ("footer", int(hand)), ("curves", 3))
    yield "last", 1
    if not wide:
        yield "choice", 7
    yield "log", 5
    if not wide:
        yield from [("choice", 1)] * max(actions + 4 - 7, 0)
    yield "log", 5
    yield "curves", 3
    yield from [("log", 1)] * 1_000


def _without_map(actions: int, notice: bool) -> Iterable[tuple[str, int]]:
    """Parts and rows where the game's screen gives way, the most important first."""
    yield from (("line", 1), ("choice", 5), ("footer", 1), ("notice", int(notice)), ("log", 5))
    yield from (("timeline", 1), ("state", 1))
    yield from [("choice", 1)] * max(actions + 4 - 5, 0)
    yield "curves", 3
    yield from [("log", 1)] * 1_000


def _rows(wishes: Iterable[tuple[str, int]], height: int) -> dict[str, int]:
    """Give every wish that there is room for; a screen too low for all takes what there is."""
    rows: dict[str, int] = {}
    left = height
    for name, wish in wishes:
        given = min(wish, left) if name == "screen" else wish if wish <= left else 0
        rows[name] = rows.get(name, 0) + given
        left -= given
    return rows
