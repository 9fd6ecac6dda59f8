"""The decisions of the game, line by line, around the current one."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.message import Message

from experiments.frames.keys import keys_text
from experiments.frames.panels import HEADING, number
from experiments.playback.playback import Playback
from experiments.replays.decisions import Decision
from experiments.viewer.lines import Lines

CURRENT = "bold bright_yellow"
CURSOR = "black on bright_cyan"


class Log(Lines):
    """A window of the list of decisions; it follows the game unless one is being chosen."""

    BINDINGS = [
        Binding("up,left_square_bracket", "move(-1)", show=False),
        Binding("down,right_square_bracket", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(-1_000_000)", show=False),
        Binding("end", "move(1_000_000)", show=False),
        Binding("enter", "choose", show=False),
        Binding("escape,tab", "leave", show=False),
    ]

    class Chosen(Message):
        """A decision was chosen."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, id: str) -> None:
        super().__init__(id, can_focus=True)
        self._film: Playback | None = None
        self._current, self._cursor, self._top = 1, 0, 1  # decisions' numbers; no cursor: 0

    def follow(self, playback: Playback, current: int) -> None:
        """Show a playback's decisions, the current one among them."""
        if playback is not self._film or (current != self._current and not self.has_focus):
            self._cursor = 0
        self._film, self._current = playback, current
        self._draw()

    def on_resize(self) -> None:
        """Show as many decisions as there is room for now."""
        self._draw()

    def on_focus(self) -> None:
        """Begin to choose, with the cursor on the current decision."""
        self._cursor = self._current
        self._draw()

    def on_blur(self) -> None:
        """Take the cursor away: the list follows the game again."""
        self._cursor = 0
        self._draw()

    def on_mouse_scroll_down(self) -> None:
        """Move the cursor three decisions on, with or without the keyboard."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """Move the cursor three decisions back, with or without the keyboard."""
        self.action_move(-3)

    def on_click(self, event: events.Click) -> None:
        """Choose the decision of the clicked line, and leave the list either way."""
        chosen = self._top + event.y - 1
        if event.y > 0 and self._film and chosen <= len(self._film.decisions):
            self.post_message(self.Chosen(chosen))
        self.action_leave()

    def action_move(self, step: int) -> None:
        """Move the cursor so many decisions from where it or, without one, the game is."""
        if self._film:
            last = len(self._film.decisions)
            self._cursor = min(max((self._cursor or self._current) + step, 1), last)
            self._draw()

    def action_page(self, step: int) -> None:
        """Move the cursor so many pages, each a line shorter than what is shown."""
        self.action_move(step * max(self.size.height - 2, 1))

    def action_choose(self) -> None:
        """Choose the decision under the cursor, and leave the list."""
        self.post_message(self.Chosen(self._cursor or self._current))
        self.action_leave()

    def action_leave(self) -> None:
        """Take the cursor away, and give the keyboard to the game's screen if that is shown."""
        self._cursor = 0
        game = self.parent.query_one("#screen") if self.parent else self
        self.screen.set_focus(game if game.display else None)
        self._draw()

    def _draw(self) -> None:
        rows = self.size.height - 1
        if rows < 1 or self._film is None:
            return
        decisions, centre = self._film.decisions, self._cursor or self._current
        margin = min(2, (rows - 1) // 2)
        self._top = max(min(self._top, centre - margin), centre + margin - rows + 1)
        self._top = max(min(self._top, len(decisions) - rows + 1), 1)
        shown = decisions[self._top - 1 : self._top - 1 + rows]
        self.show([_heading(self.size.width), *map(self._line, shown)])

    def _line(self, decision: Decision) -> Text:
        text = log_line(decision, self.size.width, decision.number > self._current)
        if decision.number == self._cursor:
            text.stylize(CURSOR)
        elif decision.number == self._current:
            text.stylize(CURRENT)
        return text


def log_line(decision: Decision, width: int, later: bool) -> Text:
    """Return number, macro-action, keystrokes, reward, why it ended, and the keys."""
    reward = number(decision.reward, sign=True) if decision.ended else ""
    text = (
        f"{decision.number:>6,} {decision.macro:<10.10}{decision.start:>8,}"
        f"{len(decision.keys):>6,}{reward:>10}  {decision.ended or 'under way':<30.30}  "
    )
    room = width - len(text)
    keys = keys_text(decision.keys[: room + 1]) if room >= 8 else ""
    return Text(
        text + (keys if len(keys) <= room else keys[: room - 1] + "…"),
        "grey50" if later else "default",
        no_wrap=True,
    )


def _heading(width: int) -> Text:
    text = f"{'#':>6} {'decision':<10}{'from':>8}{'keys':>6}{'reward':>10}  {'why it ended':<30}  "
    return Text(text + ("keys pressed" if width - len(text) >= 12 else ""), HEADING, no_wrap=True)
