"""`yendor export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import RunFolder


def export(
    run: RunFolder,
    out: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an earlier export.")],
) -> None:
    """Write a folder that the public arena plays: the agent, and what it is made of."""
    from experiments.export.command import export as write

    write(run, out)
