"""What `yendor watch` does."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from experiments.errors import UserError
from experiments.watch.frame import SCREEN_COLUMNS
from experiments.watch.picture import moment_of, save_svg
from experiments.watch.plain import show_plain
from experiments.watch.shelf import ReplayFolder, Shelf
from experiments.watch.summary import outcome_line


def watch(
    target: Path, number: int, training: bool, speed: float, svg: Path | None, decision: int | None
) -> None:
    """Shows one game; on Ctrl-C says how far it got.

    Args:
        target: a run folder, or a replay.
        number: of the game among a run's unseen ones, or among those of training.
        training: which of the two.
        speed: keystrokes per second; 0 for as many as there can be.
        svg: where to write a picture of one decision instead.
        decision: which one, from 1; None for the middle of the game.

    Raises:
        RunError: for a run that can't be read.
        ReplayError: for a replay that can't be shown.
        UserError: for arguments that do not fit together.
    """
    _check(svg, decision)
    shelf, number = open_shelf(target, number, training)
    film = shelf.open(number)
    try:
        if svg:
            save_svg(svg, moment_of(film, decision), film.title)
            typer.echo(f"The picture is {svg}")
        else:
            show_plain(film, _plain_console())
    except KeyboardInterrupt:
        typer.echo(f"Stopped: {outcome_line(film)}", err=True)
        raise typer.Exit(130) from None


def open_shelf(target: Path, number: int, training: bool, live: bool = False) -> tuple[Shelf, int]:
    """Returns the games beside the one asked for, and its number there."""
    if target.is_file():
        folder = ReplayFolder(target)
        return folder, folder.first
    from experiments.watch.run_shelf import RunShelf  # slow to import; a replay needs none of it

    return RunShelf(target, training, live), number


def _check(svg: Path | None, decision: int | None) -> None:
    if decision is not None and svg is None:
        raise UserError("--decision is for a picture; add --svg FILE")
    if svg and (svg.is_dir() or not svg.absolute().parent.is_dir()):
        raise UserError(f"--svg {svg}: must be a file in a folder that exists")


def _plain_console() -> Console:
    return Console(
        width=SCREEN_COLUMNS, force_terminal=False, color_system=None, highlight=False, markup=False
    )
