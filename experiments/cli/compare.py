"""`yendor compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import Workers

Output = typer.Option(metavar="FILE", help="Write the numbers here; - for the standard output.")


def compare(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN...", help="Runs, several seeds of one, suites; configs: untrained agents."
        ),
    ],
    games: Annotated[int | None, typer.Option(min=1, help="Unseen games for each run.")] = None,
    block: Annotated[
        int | None,
        typer.Option(min=1, help="Of unseen games.", show_default="1, or the suite's"),
    ] = None,
    workers: Workers = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report here: one HTML page.")
    ] = None,
    json: Annotated[Path | None, Output] = None,
    csv: Annotated[Path | None, Output] = None,
    latex: Annotated[Path | None, Output] = None,
    markdown: Annotated[Path | None, Output] = None,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write every figure as SVG and PDF, its numbers as CSV."),
    ] = None,
) -> None:
    """Compare runs on the same unseen games: statistics, a report, tables and figures."""
    from experiments.commands.compare import compare as show
    from experiments.commands.compare_outputs import Outputs

    outputs = Outputs(out, json, csv, latex, markdown, figures)
    show(runs, games, workers, outputs, block)
