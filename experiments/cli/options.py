"""Options that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.config.names import CONFIGS, configs

RUN_HELP = "A run folder, a config that you trained, or a run that ships, such as ppo"


def names(incomplete: str) -> list[str]:
    """Return the names that an argument may be completed to: configs, suites, runs."""
    found = {path.stem for place in ("suites/*.yaml", "trained/*") for path in CONFIGS.glob(place)}
    found |= configs().keys()
    found |= {str(path.parent) for path in Path("runs").glob("*/*.yaml")}
    return sorted(name for name in found if name.startswith(incomplete))


RunFolder = Annotated[
    Path, typer.Argument(metavar="RUN", help=f"{RUN_HELP}.", autocompletion=names)
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
