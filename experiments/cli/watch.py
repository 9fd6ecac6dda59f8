"""`yendor watch`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def _file(help: str) -> Any:
    return typer.Option(metavar="FILE", help=help, rich_help_panel="Recordings")


def watch(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder, or a replay's file.")],
    game: Annotated[int, typer.Option(min=0, help="Which unseen game.")] = 0,
    training: Annotated[
        bool, typer.Option("--training", help="Count among the games of training instead.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Let the agent play it even if there is a replay.")
    ] = False,
    play: Annotated[
        bool, typer.Option("--play", help="Begin by hand; the agent takes over when you like.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Print frames, as in a pipe or a small terminal.")
    ] = False,
    speed: Annotated[
        float, typer.Option(min=0, help="Keystrokes per second; 0: as fast as possible.")
    ] = 12.0,
    gif: Annotated[Path | None, _file("Write an animation in NetHack's tiles.")] = None,
    mp4: Annotated[Path | None, _file("Write a video in NetHack's tiles.")] = None,
    html: Annotated[Path | None, _file("Write a page that plays the game in any browser.")] = None,
    cast: Annotated[Path | None, _file("Write a terminal recording for asciinema.")] = None,
    ttyrec: Annotated[Path | None, _file("Write NLE's own recording.")] = None,
    svg: Annotated[Path | None, _file("Write a picture of one decision.")] = None,
    decisions: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST-LAST",
            help="Record only these, as in 40-120; of a picture, the first.",
            rich_help_panel="Recordings",
        ),
    ] = None,
    width: Annotated[
        int,
        typer.Option(min=480, max=3840, help="Of tiles, in pixels.", rich_help_panel="Recordings"),
    ] = 960,
) -> None:
    """Watch a game in the terminal: a replay, or played by the agent as it stands now."""
    from experiments.commands.watch import Request
    from experiments.commands.watch import watch as show
    from experiments.recordings.outputs import Outputs

    outputs = Outputs(gif, mp4, cast, html, ttyrec, svg)
    show(Request(run, game, training, live, plain, play, speed, outputs, decisions, width))
