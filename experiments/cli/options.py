"""Options that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RunFolder = Annotated[
    Path, typer.Argument(metavar="RUN", help="A run folder, or the name of a run that ships.")
]
Block = Annotated[
    int, typer.Option(min=1, help="Of unseen games: another block, to confirm a number on.")
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Processes that play games.", show_default="all processors"),
]


PROCESSES = "processes"  # of `experiments.training.backends`, which is slow to import


def _play_there(context: typer.Context, name: str) -> str:
    from experiments.training.backends import playing_on

    context.with_resource(playing_on(name))
    return name


Backend = Annotated[
    str,
    typer.Option(
        metavar="processes|serial|ray",
        help="Where games are played: worker processes, this one, or a Ray cluster.",
        callback=_play_there,
    ),
]
