"""`yendor reproduce`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

POSTS = "lecture, softmax, mnist, xor, generalisation or nethack"


def reproduce(
    post: Annotated[
        str | None, typer.Argument(metavar="POST", help=f"{POSTS}.", show_default="all")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the plots go.")] = Path(
        "reproduction"
    ),
    mnist: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="MNIST's four IDX files.", show_default="8 × 8 digits stand in"
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of all random numbers.")] = 0,
) -> None:
    """Compute every figure of the source posts, and show it beside the post's own."""
    from experiments.reproduce.command import reproduce as compute

    compute(post, out, mnist, seed)
