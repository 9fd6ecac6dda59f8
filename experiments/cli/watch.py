"""`yendor watch`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import RUN_HELP, Block, names
from experiments.cli.recordings import PANEL, with_recordings


@with_recordings
def watch(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="RUN", help=f"{RUN_HELP}; or a replay's file.", autocompletion=names
        ),
    ],
    game: Annotated[int, typer.Option(min=0, help="Which unseen game.")] = 0,
    training: Annotated[
        bool, typer.Option("--training", help="Count among the games of training instead.")
    ] = False,
    block: Block = 1,
    live: Annotated[
        bool, typer.Option("--live", help="Let the agent play it even if there is a replay.")
    ] = False,
    play: Annotated[
        bool, typer.Option("--play", help="Begin by hand; the agent takes over when you like.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Print frames, as in a pipe or a small terminal.")
    ] = False,
    beside: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN",
            help="Show this run's game on the same seed side by side.",
            autocompletion=names,
        ),
    ] = None,
    light: Annotated[
        bool, typer.Option("--light", help="A light ground, for a bright room.")
    ] = False,
    speed: Annotated[
        float, typer.Option(min=0, help="Keystrokes per second; 0: as fast as possible.")
    ] = 12.0,
    decisions: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST-LAST",
            help="Record only these, as in 40-120; of a picture, the first.",
            rich_help_panel=PANEL,
        ),
    ] = None,
    width: Annotated[
        int,
        typer.Option(min=480, max=3840, help="Of tiles, in pixels.", rich_help_panel=PANEL),
    ] = 960,
    **files: Path | None,
) -> None:
    """Watch a game in the terminal: a replay, or played by the agent as it stands now."""
    from experiments.commands.watch import Request
    from experiments.commands.watch import watch as show

    outputs = {name: path for name, path in files.items() if path is not None}
    chosen = run, game, training, block, live, plain, play, speed, outputs, decisions, width
    show(Request(*chosen, light=light, beside=beside))
