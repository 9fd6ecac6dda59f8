"""What is printed on: strings are shown as they are.

Names of runs, configs and macro-actions come from files and arguments of anybody. Rich would read
``[/b]`` in one as markup and ``:skull:`` as a picture; here nothing is read but styles that the
code itself gives.
"""

from __future__ import annotations

from typing import Any

import rich.table
from rich.console import Console
from rich.progress import Task, TextColumn
from rich.text import Text

from experiments.printable import printable


class PlainConsole(Console):
    """A console without markup, emoji codes or highlights, that escapes what terminals act on."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"markup": False, "emoji": False, "highlight": False} | options)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a string as it is shown."""
        return super().render_str(printable(text), **options | {"markup": False, "emoji": False})


class Table(rich.table.Table):
    """A table whose strings are shown as they are, on whatever console."""

    def __init__(self, *headers: Any, **options: Any) -> None:
        named = {"title": "table.title", "caption": "table.caption"}
        styled = {k: plain(options[k], style) for k, style in named.items() if options.get(k)}
        super().__init__(*headers, **options | styled)

    def add_column(self, header: Any = "", *args: Any, **options: Any) -> None:
        """Add a column, as Rich does."""
        super().add_column(plain(header), *args, **options)

    def add_row(self, *cells: Any, **options: Any) -> None:
        """Add a row, as Rich does."""
        super().add_row(*map(plain, cells), **options)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, plain(value, "table.caption") if name == "caption" else value)


class PlainColumn(TextColumn):
    """A column of text beside a progress bar, as it is."""

    def render(self, task: Task) -> Text:
        """Return the text of a task."""
        return Text(printable(self.text_format.format(task=task)), justify=self.justify)


def plain(text: Any, style: str = "") -> Any:
    """Return a string as a text that nothing reads markup in; all else as it is."""
    return Text(printable(text), style) if isinstance(text, str) else text


def strong(text: str) -> Text:
    """Return a text in bold, as it is."""
    return Text(printable(text), "bold")
