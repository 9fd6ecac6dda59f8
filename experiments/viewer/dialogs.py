"""What stands in front of the game for a while: a question, or text to read."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from experiments.errors import UserError


class Question(ModalScreen[None]):
    """Asks for a line of text, until it can be used or the question is left with Esc.

    Args:
        title: of the question.
        help: what can be answered.
        use: takes the answer; raises `UserError` when it can't be used.
        answer: to begin with.
    """

    BINDINGS = [Binding("escape", "dismiss", show=False), Binding("ctrl+c", "app.quit", show=False)]

    def __init__(self, title: str, help: str, use: Callable[[str], None], answer: str = "") -> None:
        super().__init__()
        self._title, self._help, self._use, self._answer = title, help, use, answer

    def compose(self) -> ComposeResult:
        """Yield the title, the line for the answer, the help, and room for an error below."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="heading", markup=False)
            yield Input(self._answer, select_on_focus=False)
            yield Static(self._help, markup=False)
            yield Static("", id="error", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Use the answer and close; if it can't be used, show why and leave it for correction."""
        try:
            self._use(event.value)
        except UserError as error:
            self.query_one("#error", Static).update(str(error))
        else:
            self.dismiss()


class Reading(ModalScreen[None]):
    """Shows text that can be scrolled, until Esc or the key that opened it.

    Args:
        title: of the text.
        parts: one below the other.
    """

    BINDINGS = [
        Binding("escape,q,question_mark,enter,space", "dismiss", show=False),
        Binding("ctrl+c", "app.quit", show=False),
    ]

    def __init__(self, title: str, *parts: RenderableType) -> None:
        super().__init__()
        self._title, self._parts = title, parts

    def compose(self) -> ComposeResult:
        """Yield the title, and below it the parts, which scroll together."""
        with Vertical(classes="dialog reading"):
            yield Static(f"{self._title}  (Esc closes)", classes="heading", markup=False)
            with VerticalScroll():
                for part in self._parts:
                    yield Static(part, markup=False)
