"""An option of a verb for every format that a game can be recorded in."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.recordings.formats import FORMATS, Format

PANEL = "Recordings"


def with_recordings(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb that takes ``**files`` an option for each of `FORMATS`."""
    signature = inspect.signature(verb, eval_str=True)
    own = [p for p in signature.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
    files = [_option(name, form) for name, form in FORMATS.items()]
    described: Any = verb
    described.__signature__ = signature.replace(parameters=[*own, *files])
    return verb


def _option(name: str, form: Format) -> inspect.Parameter:
    option = typer.Option(metavar="FILE", help=form.help, rich_help_panel=PANEL)
    kind, file = inspect.Parameter.KEYWORD_ONLY, Annotated[Path | None, option]
    return inspect.Parameter(name, kind, default=None, annotation=file)
