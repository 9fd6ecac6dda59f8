"""What `yendor watch` does."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import typer
from rich.console import Console

from experiments.errors import UserError
from experiments.evaluate import FIRST_SEED
from experiments.play import environment
from experiments.runs import open_run
from experiments.watch.frame import SCREEN_COLUMNS
from experiments.watch.moments import WatchedGame
from experiments.watch.picture import moment_of, save_svg
from experiments.watch.summary import outcome_line
from experiments.watch.terminal import show_live, show_plain


def watch(
    folder: Path, number: int, training: bool, speed: float, svg: Path | None, decision: int | None
) -> None:
    """Shows one game of a run's agent, learning off; on Ctrl-C says how far it got.

    Args:
        folder: the run's.
        number: of the game among the unseen ones, or among those of training.
        training: which of the two; the agent plays a training game as it is now, not as it was.
        speed: keystrokes per second; 0 for as many as there can be.
        svg: where to write a picture of one decision instead.
        decision: which one, from 1; None for the middle of the game.

    Raises:
        RunError: for a run that can't be read.
        UserError: for arguments that do not fit together.
    """
    _check(svg, decision)
    game, title = open_game(folder, number, training)
    try:
        if svg:
            save_svg(svg, moment_of(game, decision), title)
            typer.echo(f"The picture is {svg}")
        elif sys.stdout.isatty():
            show_live(game, Console(highlight=False, markup=False), speed, title)
        else:
            show_plain(game, _plain_console(), title)
    except KeyboardInterrupt:
        typer.echo(f"Stopped: {outcome_line(game)}", err=True)
        raise typer.Exit(130) from None


def open_game(folder: Path, number: int, training: bool) -> tuple[WatchedGame, str]:
    """Returns a game that is about to begin, and what to call it; the arguments are `watch`'s.

    An unseen game is the one that evaluation plays.

    Raises:
        RunError: for a run that can't be read.
    """
    run = open_run(folder)
    agent, trained = run.checkpoint()
    seed = number if training else FIRST_SEED + number
    rng = np.random.default_rng([run.config.seed, seed])
    kind = "training" if training else "unseen"
    title = f"{run.config.agent.name} after {trained} games, {kind} game {number}"
    return WatchedGame(environment(run.config.env), agent, seed, rng), title


def _check(svg: Path | None, decision: int | None) -> None:
    if decision is not None and svg is None:
        raise UserError("--decision is for a picture; add --svg FILE")
    if svg and (svg.is_dir() or not svg.absolute().parent.is_dir()):
        raise UserError(f"--svg {svg}: must be a file in a folder that exists")


def _plain_console() -> Console:
    return Console(
        width=SCREEN_COLUMNS, force_terminal=False, color_system=None, highlight=False, markup=False
    )
