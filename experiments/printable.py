"""Strings of others, said so that a terminal shows them and does nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from experiments.errors import UserError

# Control characters, what reorders text, and halves of characters; line breaks are no harm.
_ACTING = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: object) -> str:
    r"""Return a text with whatever a terminal would act on written as an escape, such as \x1b."""
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), str(text))


def in_one_line(text: object) -> str:
    """Return a printable text without tabs and line breaks."""
    return re.sub("[\t\n]", " ", printable(text))


def listed(names: Sequence[str]) -> str:
    """Return one name or more as "a", "a and b", "a, b and c"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def say(text: object, err: bool = False, nl: bool = True) -> None:
    """Print a text as it is, but for what a terminal would act on.

    Args:
        text: what to say.
        err: whether on stderr.
        nl: whether to end the line.
    """
    typer.echo(printable(text), err=err, nl=nl)


@contextmanager
def mistakes_told(program: str) -> Iterator[None]:
    """End the process with code 2 and one message, without a traceback, where a person erred."""
    try:
        yield
    except UserError as error:
        say(f"{program}: {error}", err=True)
        sys.exit(2)


def forgive_encodings() -> None:
    """Print a question mark, not a traceback, where an output can't show a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
