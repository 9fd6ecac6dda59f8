"""Shows a game moment by moment: live on a terminal, as plain text elsewhere."""

from __future__ import annotations

import time

from rich.console import Console, RenderableType
from rich.live import Live

from experiments.watch.frame import SCREEN_COLUMNS, frame
from experiments.watch.moments import Moment, WatchedGame
from experiments.watch.summary import chosen_table, summary_lines

LONGEST_PAUSE = 0.5  # seconds, when a decision begins
KEYS_PER_PAUSE = 4  # that such a pause is as long as
SHORTEST_FRAME = 1 / 20  # seconds; moments that come sooner than this are not drawn
PLAIN_ROWS = 44


def show_live(game: WatchedGame, console: Console, speed: float, title: str) -> None:
    """Plays the game on a terminal, then leaves its last screen and a summary there.

    Args:
        game: not yet begun.
        console: on a terminal.
        speed: keystrokes per second; 0 for as many as there can be.
        title: what is watched.
    """
    with Live(console=console, screen=True, auto_refresh=False) as live:
        due, drawn = time.monotonic(), float("-inf")
        for moment in game.moments():
            if due - drawn >= SHORTEST_FRAME:
                live.update(_render(moment, console, title), refresh=True)
                drawn = due
            due = _wait(due + pause(moment, speed))
    console.print(_render(moment, console, title))
    _conclude(game, console)


def show_plain(game: WatchedGame, console: Console, title: str) -> None:
    """Plays the game, printing a frame at the end of every decision, and a summary at last."""
    for moment in game.moments():
        if moment.decision.ended:
            console.print(frame(moment, SCREEN_COLUMNS, PLAIN_ROWS, title))
    _conclude(game, console)


def pause(moment: Moment, speed: float) -> float:
    """Returns for how many seconds a moment stays: longer where a decision begins, not at all
    where it ends, since the next one begins there.

    Args:
        moment: the one shown.
        speed: keystrokes per second; 0 for no pauses.
    """
    if not speed or moment.decision.ended:
        return 0.0
    return 1 / speed if moment.decision.keys else min(LONGEST_PAUSE, KEYS_PER_PAUSE / speed)


def _wait(until: float) -> float:
    """Returns the time afterwards: what was late is not caught up with."""
    time.sleep(max(until - time.monotonic(), 0.0))
    return time.monotonic()


def _render(moment: Moment, console: Console, title: str) -> RenderableType:
    return frame(moment, console.width, console.height, title)


def _conclude(game: WatchedGame, console: Console) -> None:
    console.print(summary_lines(game))
    console.print(chosen_table(game))
