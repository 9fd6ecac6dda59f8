"""`yendor evaluate`."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.cli.options import PROCESSES, Backend, Block, RunFolder, Workers


def evaluate(
    run: RunFolder,
    games: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many unseen games.", show_default="as the config says, or 50"
        ),
    ] = None,
    workers: Workers = None,
    backend: Backend = PROCESSES,
    agent: Annotated[
        str | None, typer.Option(help="An untrained agent in the learned one's place.")
    ] = None,
    generalisation: Annotated[
        bool,
        typer.Option("--generalisation", help="Set them beside games that it was trained on."),
    ] = False,
    block: Block = 1,
) -> None:
    """Play unseen games, learning off."""
    from experiments.commands.evaluate import evaluate as play

    play(run, games, workers, agent, generalisation, block)
