"""How many futures have been played, and what Ctrl-C leaves of them."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

Item = TypeVar("Item")


def exhaust(items: Generator[object, None, None], console: Console) -> bool:
    """Take all items; return whether Ctrl-C stopped it, in which case what was found is kept."""
    try:
        with closing(items):
            for _ in items:
                pass
        return False
    except KeyboardInterrupt:
        console.print("Stopped. What follows is what was found so far:")
        return True


def tracked(items: Iterable[Item], total: int, console: Console) -> Generator[Item, None, None]:
    """Pass futures through; on a terminal with a bar."""
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(items, total=total, description="futures")
