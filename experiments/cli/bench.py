"""`yendor bench`."""

from __future__ import annotations

from typing import Annotated

import typer

BENCHMARKS = (
    "networks, policy_gradient, game, replays, futures, bandits, testbed or scaling; or survival"
)


def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help=f"{BENCHMARKS}.", show_default="all but survival"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Measure speed on one core, as ratios to peers and to the raw game; or `survival`."""
    from experiments.bench.command import bench as measure

    measure(tuple(names or ()), json)
