"""One frame: the game's screen, and as much of the agent as there is room for."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.text import Text

from experiments.console import Table
from experiments.frames import panels
from experiments.frames.choice import ASCII, choice_lines
from experiments.frames.screen import screen_text
from experiments.playback.screens import TERMINAL_COLUMNS, TERMINAL_ROWS
from experiments.playback.snapshot import Snapshot
from experiments.replays.decisions import Choice

WIDE_COLUMNS, TALL_ROWS = 120, 40  # columns, rows from which on there is room for the table
GAP_COLUMNS = 2  # columns between the screen and what is beside it
DECISIONS_BELOW_ROWS = (
    30  # rows from which on the last decisions go below the screen of a wide terminal
)


def frame(snapshot: Snapshot, width: int, height: int, title: str = "") -> RenderableType:
    """Lays out a moment of a game for a terminal.

    The table of choices is at the right of a wide terminal and below the screen in a tall one;
    elsewhere one line stands below the screen.

    Args:
        moment: what to show.
        width, height: of the terminal, in columns and rows.
        title: what is watched; shown where there is room.
    """
    if width >= WIDE_COLUMNS:
        return _wide(snapshot, width, height, title)
    if height >= TALL_ROWS:
        return _tall(snapshot, width, height, title)
    rows = max(height - 1, 1)
    return Group(_screen(snapshot, rows), panels.one_line(snapshot, min(width, TERMINAL_COLUMNS)))


def _screen(snapshot: Snapshot, rows: int | None = None) -> Text:
    return screen_text(snapshot.screen, rows)


def _wide(snapshot: Snapshot, width: int, height: int, title: str) -> RenderableType:
    choice, right = snapshot.choice, width - TERMINAL_COLUMNS - GAP_COLUMNS
    choices = Choices(choice, height - 4)
    used = choices.rows(right) + 3
    parts: list[RenderableType] = [choices, Text(), panels.decision_text(snapshot, right)]
    left: list[RenderableType] = [_screen(snapshot)]
    if height >= DECISIONS_BELOW_ROWS:
        left += [_rule(title), panels.past_table(snapshot.past, height - 25, TERMINAL_COLUMNS)]
    else:
        parts += [Text(), panels.past_table(snapshot.past, height - used - 1, right)]
    grid = Table.grid(padding=(0, GAP_COLUMNS, 0, 0))
    grid.add_column(width=TERMINAL_COLUMNS)
    grid.add_column(width=right)
    grid.add_row(Group(*left), Group(*parts))
    return grid


def _tall(snapshot: Snapshot, width: int, height: int, title: str) -> RenderableType:
    width = min(width, TERMINAL_COLUMNS)
    others = TERMINAL_ROWS + 1 + 2
    choices = Choices(snapshot.choice, height - others)
    return Group(
        _screen(snapshot),
        _rule(title),
        panels.decision_text(snapshot, width),
        choices,
        panels.past_table(snapshot.past, height - others - choices.rows(width), width),
    )


@dataclass(frozen=True)
class Choices:
    """How the agent chose, in as many columns as there are; in ASCII where nothing else will do.

    Attributes:
        choice: the agent's.
        most: rows at most.
    """

    choice: Choice
    most: int

    def rows(self, width: int) -> int:
        """How many there are in so many columns."""
        return len(choice_lines(self.choice, width, self.most))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in choice_lines(self.choice, min(options.max_width, TERMINAL_COLUMNS), self.most):
            if options.ascii_only:
                line.plain = line.plain.translate(ASCII)
            yield line


def _rule(title: str) -> Rule:
    return Rule(Text(title), style="grey50", align="left")
