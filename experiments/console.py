"""What is printed on: strings are shown as they are.

Names of runs, configs and macro-actions come from files and arguments of anybody. Rich would read
``[/b]`` in one as markup and ``:skull:`` as a picture; here nothing is read but styles that the
code itself gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import rich.table
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.progress import Task, TextColumn
from rich.text import Text

from experiments.printable import printable

LONGEST = 24  # characters of a word for which a table keeps room; a longer one may be folded
ENDLESS = 100_000  # columns of a terminal in which every table fits


class PlainConsole(Console):
    """A console without markup, emoji codes or highlights, that escapes what terminals act on."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"markup": False, "emoji": False, "highlight": False} | options)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a string as it is shown."""
        return super().render_str(printable(text), **options | {"markup": False, "emoji": False})


class Table(rich.table.Table):
    """A table whose strings are shown as they are, on whatever console.

    In a narrow one its cells are wrapped between words; where even the words are too long to stand
    beside each other, every row is shown as lines of its own. No name and no number is cut, but in
    tables that set their columns' widths.
    """

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

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        least, most = self._needs(console, options)
        wide = options.update(max_width=ENDLESS)
        around = super().__rich_measure__(console, wide).maximum - sum(most)
        room = options.max_width - around
        own = self.width is not None or any(c.width is not None or c.no_wrap for c in self.columns)
        if own or sum(most) <= room:
            yield from super().__rich_console__(console, options)
        elif sum(least) <= room:
            yield self._wrapped(_shared(least, most, room))
        elif self.show_header:
            yield self._stacked()
        else:
            yield from super().__rich_console__(console, options)

    def _needs(self, console: Console, options: ConsoleOptions) -> tuple[list[int], list[int]]:
        """Return the widths of the columns with words that are whole, and with lines that are."""
        least, most = [], []
        for column in self.columns:
            cells = [*([column.header] if self.show_header else []), *column.cells]
            wide = options.update(max_width=ENDLESS)
            needs = [Measurement.get(console, wide, cell) for cell in cells]
            words = min(max((need.minimum for need in needs), default=0), LONGEST)
            least.append(max(words, column.min_width or 0))
            most.append(max([least[-1], *(need.maximum for need in needs)]))
        return least, most

    def _wrapped(self, widths: Sequence[int]) -> Table:
        shown = copy(self)
        shown.columns = [
            replace(column, width=width, overflow="fold")
            for column, width in zip(self.columns, widths, strict=True)
        ]
        return shown

    def _stacked(self) -> Table:
        """Return a table with a line for every cell, beside its column's header."""
        shown = Table(
            title=self.title, caption=self.caption, title_justify="left", caption_justify="left",
            box=None, show_header=False, padding=(0, 2, 0, 0),
        )  # fmt: skip
        for _ in range(2):
            shown.add_column(overflow="fold")
        headers = [str(column.header).strip() for column in self.columns]
        for row in zip(*(column.cells for column in self.columns), strict=True):
            filled = [(header, cell) for header, cell in zip(headers, row, strict=True) if cell]
            if len(filled) == 1:  # it heads the rows below
                shown.add_row(filled[0][1])
                continue
            for header, cell in filled:
                shown.add_row(header, cell)
            shown.add_row()
        return shown

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, plain(value, "table.caption") if name == "caption" else value)


class PlainColumn(TextColumn):
    """A column of text beside a progress bar, as it is."""

    def render(self, task: Task) -> Text:
        """Return the text of a task."""
        return Text(printable(self.text_format.format(task=task)), justify=self.justify)


def _shared(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Return widths between least and most: what is left of the room is shared evenly."""
    widths, spare = list(least), room - sum(least)
    wants = sorted(range(len(least)), key=lambda column: most[column] - least[column])
    for others, column in zip(range(len(wants), 0, -1), wants, strict=True):
        more = min(most[column] - least[column], spare // others)
        widths[column] += more
        spare -= more
    return widths


def plain(text: Any, style: str = "") -> Any:
    """Return a string as a text that nothing reads markup in; all else as it is."""
    return Text(printable(text), style) if isinstance(text, str) else text


def strong(text: str) -> Text:
    """Return a text in bold, as it is."""
    return Text(printable(text), "bold")
