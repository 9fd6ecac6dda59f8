"""`yendor testbed`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def testbed(
    figure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="2.1 to 2.6 as in the book, gaussian, bernoulli, walk, switch or regret;"
            " may be repeated.",
            show_default="all",
        ),
    ] = None,
    arms: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="gaussian, bernoulli, walk or switch: compare every bandit on these.",
            show_default="each figure's own",
        ),
    ] = None,
    policies: Annotated[
        list[str] | None,
        typer.Option(
            metavar="POLICY",
            help='One or more, as in "greedy ucb:c=1 epsilon_greedy:epsilon=0.1,step_size=0.1".',
            show_default="each figure's own",
        ),
    ] = None,
    runs: Annotated[
        int | None,
        typer.Option(min=2, help="Problems that each policy plays.", show_default="1,000 or 2,000"),
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Of a run.", show_default="1,000 or 10,000")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the figures go.")] = Path(
        "testbed"
    ),
    seed: Annotated[int, typer.Option(min=0, help="Of all random numbers.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Play the ten-armed testbed of Sutton & Barto: figures, and expected beside seen."""
    from experiments.testbed.choice import Request
    from experiments.testbed.command import testbed as play

    chosen = tuple(figure or ()), arms, tuple(policies or ())
    play(Request(*chosen, runs, steps, out, seed, json))
