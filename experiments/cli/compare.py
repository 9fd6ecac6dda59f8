"""`yendor compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import Workers


def compare(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    games: Annotated[int | None, typer.Option(min=1, help="Unseen games for each run.")] = None,
    workers: Workers = None,
    out: Annotated[Path | None, typer.Option(help="Write an HTML report here.")] = None,
) -> None:
    """Compare runs on the same unseen games: statistics, plots, a report."""
    from experiments.commands.compare import compare as show

    show(runs, games, workers, out)
