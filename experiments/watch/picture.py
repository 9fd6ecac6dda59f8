"""A frame as a picture."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from experiments.errors import UserError
from experiments.files import write_text
from experiments.watch.frame import frame
from experiments.watch.moments import Moment, WatchedGame

COLUMNS, ROWS = 132, 36


def moment_of(game: WatchedGame, decision: int | None) -> Moment:
    """Plays the game, and returns the moment at the end of a decision, counted from 1.

    None is the decision in the middle of the game.

    Raises:
        UserError: when the game ends before that decision.
    """
    ends = []
    for moment in game.moments():
        if moment.decision.ended:
            ends.append(moment)
            if moment.decision.number == decision:
                return moment
    if decision is not None:
        raise UserError(f"--decision {decision}: this game has {len(ends)} decisions")
    return ends[len(ends) // 2]


def save_svg(path: Path, moment: Moment, title: str) -> None:
    """Writes a frame as SVG."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True,
        color_system="truecolor",
    )  # fmt: skip
    console.print(frame(moment, COLUMNS, ROWS, title))
    write_text(path, console.export_svg(title=title))
