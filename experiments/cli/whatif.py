"""`yendor whatif`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import RunFolder, Workers


def whatif(
    run: RunFolder,
    game: Annotated[int, typer.Option(min=0, help="Which unseen game.")] = 0,
    training: Annotated[
        bool, typer.Option("--training", help="Count among the games of training instead.")
    ] = False,
    at: Annotated[
        int | None,
        typer.Option(
            metavar="DECISION", help="Counted from 1.", show_default="find the turning points"
        ),
    ] = None,
    futures: Annotated[int, typer.Option(min=2, help="Of each macro-action.")] = 64,
    turns: Annotated[
        int, typer.Option(min=0, help="That a future lasts; 0: to the end of the game.")
    ] = 150,
    by: Annotated[
        str, typer.Option(help="Rank by survival, progression, points or reward.")
    ] = "survival",
    workers: Workers = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the futures as replays to watch.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page.")] = None,
) -> None:
    """Ask what another choice would have brought: futures of a game, played by the hundred."""
    from experiments.whatif.command import Request
    from experiments.whatif.command import whatif as ask

    ask(Request(run, game, training, at, futures, turns, by, workers, out, html))
