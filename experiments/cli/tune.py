"""`yendor tune`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import PROCESSES, Backend, Workers, names


def tune(
    config: Annotated[
        str,
        typer.Argument(
            metavar="CONFIG",
            help="A YAML file, or the name of a packaged config.",
            autocompletion=names,
        ),
    ],
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=RANGE",
            help="As in agent.learning_rate=log(1e-4,1e-2); uniform, int, choice; or fixed values.",
        ),
    ],
    trials: Annotated[int, typer.Option(min=1, help="In all, those of before counted in.")] = 20,
    metric: Annotated[str, typer.Option(help="To maximise, of unseen games.")] = "progression",
    games: Annotated[int, typer.Option(min=1, help="Unseen games that judge a trial.")] = 50,
    confirm: Annotated[int, typer.Option(min=1, help="Fresh games that judge the best one.")] = 100,
    workers: Workers = None,
    backend: Backend = PROCESSES,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="A study to begin or to go on with.",
            show_default="runs/<name>-tuning",
        ),
    ] = None,
) -> None:
    """Search for better settings with Optuna; confirm the best on fresh games."""
    from experiments.commands.tune import Request
    from experiments.commands.tune import tune as search

    search(Request(config, tuple(settings), trials, metric, games, confirm, workers, out))
