"""The story of a game, and on request its turning points, searched for while one reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from rich.console import RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

FUTURES = 32  # of either choice, which judge a turning point
SHOWN_EVERY = 8  # futures
HINT = "t looks for the turning points of this game: by futures, which takes up to some minutes."


class Stopped(Exception):
    """Raised in the midst of a search that nobody waits for any longer."""


@dataclass
class TurningPoints:
    """What is known of a game's turning points, as sentences.

    Attributes:
        told: one for each turning point, in the order of the game.
        said: how far they can be trusted, or why there are none.
    """

    told: list[str] = field(default_factory=list)
    said: str = HINT


class Story(ModalScreen[None]):
    """Shows a game's story; t starts and stops the search for its turning points.

    Args:
        parts: of the story, and last a table, which comes after the turning points.
        known: of the turning points; what is found is added, and stays when the story is left.
        search: adds to `known`; it calls its argument with a number of futures now and then, which
            raises `Stopped` when enough is enough.
    """

    BINDINGS = [
        Binding("t", "turning", show=False),
        Binding("escape,q,i,enter,space", "dismiss", show=False),
        Binding("ctrl+c", "app.quit", show=False),
    ]

    def __init__(
        self,
        parts: list[RenderableType],
        known: TurningPoints,
        search: Callable[[TurningPoints, Callable[[int], None]], None],
    ) -> None:
        super().__init__()
        self._parts, self._known, self._search = parts, known, search
        self._stop, self._searching, self._futures = Event(), False, 0

    def compose(self) -> ComposeResult:
        """Yield the story, the turning points known so far, and the table of numbers."""
        title = "The game so far  (t turning points, Esc closes)"
        with Vertical(classes="dialog reading"):
            yield Static(title, classes="heading", markup=False)
            with VerticalScroll():
                *story, numbers = self._parts
                for part in story:
                    yield Static(part, markup=False)
                yield Static(self._text(), id="turning", markup=False)
                yield Static(numbers, markup=False)

    def on_unmount(self) -> None:
        """Stop the search when the story is left; what it found is kept."""
        self._stop.set()

    def action_turning(self) -> None:
        """Start the search, or stop it; what was found stays."""
        if self._searching:
            self._stop.set()
            return
        self._known.told, self._known.said = [], ""
        self._stop, self._searching, self._futures = Event(), True, 0
        self._show()
        self.run_worker(self._look, thread=True)

    def _look(self) -> None:
        """In a thread."""
        stop = self._stop

        def heard(count: int) -> None:
            if stop.is_set():
                raise Stopped
            self._futures += count
            if self._futures % SHOWN_EVERY < count:
                self.app.call_from_thread(self._show)

        self._search(self._known, heard)
        self._searching = False
        if self.is_attached and self.app.is_running:
            self.app.call_from_thread(self._show)

    def _show(self) -> None:
        for place in self.query("#turning").results(Static):  # none once the story is left
            place.update(self._text())
            self.call_after_refresh(place.scroll_visible, animate=False)

    def _text(self) -> Text:
        said = self._known.said
        if self._searching:
            said = f"Looking for turning points: {self._futures:,} futures so far (t stops) …"
        return Text("\n\n".join([*self._known.told, said]) + "\n")
