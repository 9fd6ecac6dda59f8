"""The `yendor` command. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from experiments.clash import check_names
from experiments.cli.bench import bench
from experiments.cli.compare import compare
from experiments.cli.evaluate import evaluate
from experiments.cli.export import export
from experiments.cli.grade import grade
from experiments.cli.list import list_
from experiments.cli.reproduce import reproduce
from experiments.cli.signals import end_in_good_order, exit_code, stopped_by, tidy_undisturbed
from experiments.cli.testbed import testbed
from experiments.cli.train import train
from experiments.cli.tune import tune
from experiments.cli.watch import watch
from experiments.cli.whatif import whatif
from experiments.errors import UserError, told
from experiments.printable import forgive_encodings, mistakes_told, say

_INSTEAD = "give it a value, or leave it out"


class _Friendly(TyperGroup):
    """Tells people's mistakes in one message with exit code 2, the system's with 1, and what was
    stopped with 130.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse what is empty, as from a variable of the shell that is not set: as a path it would
        mean the current folder, as a list everything.
        """
        for before, given in zip(["yendor", *args], args, strict=False):
            if not given.strip():
                raise typer.BadParameter(f"what follows {before} is empty; {_INSTEAD}", ctx)
            option, equals, value = given.partition("=")
            if option.startswith("--") and equals and not value.strip():
                raise typer.BadParameter(f"{option}= is empty; {_INSTEAD}", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a mistake of the user's is one line, and ends with 2."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except UserError as error:
            say(f"yendor: {error}", err=True)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:
            say(f"yendor: stopped{stopped_by()}; what was finished is kept", err=True)
            raise typer.Exit(130) from None
        except BrokenPipeError:
            raise  # whoever reads has had enough: ends in silence
        except OSError as error:
            _end_output(error)
            say(f"yendor: {told(error)}", err=True)
            raise typer.Exit(1) from None
        finally:
            tidy_undisturbed()


app = typer.Typer(
    cls=_Friendly,
    no_args_is_help=True,
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


def _end_output(error: OSError) -> None:
    """Let what the standard output could not take go, where that is what failed."""
    if error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        error.filename = "the standard output, or a file"
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(asked: bool) -> None:
    if not asked:
        return
    try:
        say(f"yendor {metadata.version('yendor')}")
    except metadata.PackageNotFoundError:
        say("yendor, not installed: run from its folder")
    raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Show the version."),
    ] = False,
) -> None:
    """Train, watch and compare agents that play NetHack by choosing among macro-actions."""


def main() -> None:
    """Run `yendor`."""
    end_in_good_order()
    forgive_encodings()
    try:
        with mistakes_told("yendor"):
            check_names()
            app(prog_name="yendor")
    except SystemExit as ending:
        raise SystemExit(exit_code() if ending.code == 130 else ending.code) from None
