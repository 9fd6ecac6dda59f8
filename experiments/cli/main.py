"""The `yendor` command. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from experiments.cli.bench import bench
from experiments.cli.compare import compare
from experiments.cli.evaluate import evaluate
from experiments.cli.export import export
from experiments.cli.grade import grade
from experiments.cli.list import list_
from experiments.cli.reproduce import reproduce
from experiments.cli.testbed import testbed
from experiments.cli.train import train
from experiments.cli.tune import tune
from experiments.cli.watch import watch
from experiments.cli.whatif import whatif
from experiments.errors import UserError


class _Friendly(TyperGroup):
    """Tells people's mistakes in one message, with exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            typer.echo(f"yendor: {error}", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=_Friendly,
    help="Train, watch and compare agents that play NetHack by choosing among macro-actions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for _verb in (
    train,
    tune,
    evaluate,
    watch,
    whatif,
    compare,
    export,
    reproduce,
    testbed,
    grade,
    bench,
):
    app.command()(_verb)
app.command("list")(list_)


def main() -> None:
    """Run `yendor`."""
    app()
