"""NetHack's screen, and the keyboard of a person who plays by hand."""

from __future__ import annotations

from textual import events
from textual.message import Message

from experiments.frames.screen import screen_lines
from experiments.playback.screens import Screen
from experiments.viewer.keymap import key_code
from experiments.viewer.lines import Lines

OWN_KEYS = ("f2", "f3", "ctrl+c", "ctrl+q")  # that are never NetHack's


class Map(Lines):
    """The game's terminal, 24 rows or as many as there is room for.

    Attributes:
        by_hand: whether keys are NetHack's.
    """

    class Pressed(Message):
        """A key for NetHack."""

        def __init__(self, code: int) -> None:
            super().__init__()
            self.code = code

    def __init__(self, id: str) -> None:
        super().__init__(id, can_focus=True)
        self.by_hand = False

    def draw(self, screen: Screen, rows: int) -> None:
        """Show what the player saw, in so many rows."""
        self.show(screen_lines(screen, rows))

    def on_key(self, event: events.Key) -> None:
        """Pass a key on to NetHack while a person plays, but for `OWN_KEYS`."""
        if not self.by_hand or event.key in OWN_KEYS:
            return
        event.stop()
        event.prevent_default()
        code = key_code(event)
        if code is not None:
            self.post_message(self.Pressed(code))
