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
