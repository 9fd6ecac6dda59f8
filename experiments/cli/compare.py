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
    decisions: Annotated[
        bool, typer.Option("--decisions", help="Compare single decisions on the same states.")
    ] = False,
    by: Annotated[
        str, typer.Option(help="Regret in survival, progression or points; with --decisions.")
    ] = "survival",
    states: Annotated[
        Path | None,
        typer.Option(help="With --decisions: a bench of your own.", show_default="what ships"),
    ] = None,
) -> None:
    """Compare runs on the same unseen games: statistics, plots, a report."""
    if decisions:
        from experiments.commands.decisions import compare_decisions
        from experiments.errors import UserError

        if games or out:
            raise UserError(
                "--decisions plays no games and writes no report: leave out"
                f" {'--games' if games else '--out'}"
            )
        compare_decisions(runs, by, states)
        return
    from experiments.commands.compare import compare as show

    show(runs, games, workers, out)
