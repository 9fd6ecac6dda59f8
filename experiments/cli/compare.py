"""`yendor compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import PROCESSES, Backend, Workers, names

Output = typer.Option(metavar="FILE", help="Write the numbers here; - for the standard output.")


def compare(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN",
            help="Runs, several seeds of one, suites; configs that never learned: untrained.",
            autocompletion=names,
        ),
    ],
    games: Annotated[
        int | None,
        typer.Option(
            min=1, help="Unseen games for each run.", show_default="the suite's or first config's"
        ),
    ] = None,
    block: Annotated[
        int | None,
        typer.Option(min=1, help="Of unseen games.", show_default="1, or the suite's"),
    ] = None,
    workers: Workers = None,
    backend: Backend = PROCESSES,
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
    """Compare runs on the same unseen games: statistics, a report, tables and figures."""
    if decisions:
        from experiments.commands.decisions import compare_decisions
        from experiments.errors import UserError

        given = {"--games": games, "--block": block, "--out": out, "--json": json, "--csv": csv,
                 "--latex": latex, "--markdown": markdown, "--figures": figures}  # fmt: skip
        if idle := [option for option, value in given.items() if value is not None]:
            raise UserError(f"--decisions plays no games and writes no file: leave out {idle[0]}")
        compare_decisions(runs, by, states)
        return
    from experiments.commands.compare import compare as show
    from experiments.commands.compare_outputs import Outputs

    outputs = Outputs(out, json, csv, latex, markdown, figures)
    show(runs, games, workers, outputs, block)
