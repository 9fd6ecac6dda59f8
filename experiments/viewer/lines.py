"""A widget of text lines that draws again only those that have changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Lines(Widget):
    """Shows lines of text from its top, each cropped at its right edge."""

    def __init__(self, id: str, can_focus: bool = False) -> None:
        super().__init__(id=id)
        self.can_focus = can_focus
        self._lines: list[Text] = []

    def show(self, lines: Sequence[Text]) -> None:
        """Replace the lines."""
        old, self._lines = self._lines, list(lines)
        common = min(len(old), len(lines))
        changed = [y for y in range(common) if not _same(old[y], lines[y])]
        changed += range(common, max(len(old), len(lines)))
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """See textual's line API."""
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[y].copy()
        line.truncate(width)
        console = self.app.console
        style = self.rich_style + console.get_style(line.style)
        return (
            Strip(line.render(console, end=""))
            .apply_style(style)
            .adjust_cell_length(width, self.rich_style)
        )


class Track(Lines):
    """Lines along which the game runs from left to right: a click goes to a place in it."""

    class Clicked(Message):
        """A column was clicked, counted from the widget's left edge."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def on_click(self, event: events.Click) -> None:
        """Tell the screen which column was clicked."""
        self.post_message(self.Clicked(event.x))


def _same(one: Text, other: Text) -> bool:
    return one is other or (one == other and one.style == other.style)
