"""`yendor train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import PROCESSES, Backend, Workers, names


def train(
    config: Annotated[
        str,
        typer.Argument(
            metavar="CONFIG",
            help="A YAML file, the name of a packaged config or suite, or a run to resume.",
            autocompletion=names,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY=VALUE", help="As in agent.epsilon=0.2 train.games=10."),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="RUN", help="Begin with this run's weights.", autocompletion=names
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The run folder.", show_default="runs/<name>")
    ] = None,
    seeds: Annotated[
        str | None,
        typer.Option(metavar="N|LIST", help="Several runs: 5 for seeds 0 to 4, or 0,3,7."),
    ] = None,
    workers: Workers = None,
    backend: Backend = PROCESSES,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run there.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the run there.")] = False,
    tensorboard: Annotated[
        bool, typer.Option("--tensorboard", help="Also write what TensorBoard shows.")
    ] = False,
) -> None:
    """Train an agent, or all of a suite; then play unseen games."""
    from experiments.commands.train import train as run_training

    given = tuple(overrides or ())
    run_training(config, given, out, workers, resume, overwrite, seeds, tensorboard, start)
