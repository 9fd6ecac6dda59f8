"""One frame: the game's screen, and as much of the agent as there is room for."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from experiments.films.decisions import Moment
from experiments.watch import panels
from experiments.watch.screen import screen_text

SCREEN_ROWS, SCREEN_COLUMNS = 24, 80
WIDE, TALL = 120, 40  # columns, rows from which on there is room for the table
GAP = 2  # columns between the screen and what is beside it
LOW = 30  # rows from which on the last decisions go below the screen of a wide terminal


def frame(moment: Moment, width: int, height: int, title: str = "") -> RenderableType:
    """Lays out a moment of a game for a terminal.

    The table of choices is at the right of a wide terminal and below the screen in a tall one;
    elsewhere one line stands below the screen.

    Args:
        moment: what to show.
        width, height: of the terminal, in columns and rows.
        title: what is watched; shown where there is room.
    """
    if width >= WIDE:
        return _wide(moment, width, height, title)
    if height >= TALL:
        return _tall(moment, width, height, title)
    rows = max(height - 1, 1)
    return Group(_screen(moment, rows), panels.one_line(moment, min(width, SCREEN_COLUMNS)))


def _screen(moment: Moment, rows: int | None = None) -> Text:
    return screen_text(moment.screen, rows)


def _wide(moment: Moment, width: int, height: int, title: str) -> RenderableType:
    choice, right = moment.choice, width - SCREEN_COLUMNS - GAP
    situation = panels.situation_text(choice, 1)
    others = 1 + 1 + 2 + 1 + len(situation.plain.splitlines()) + 1  # headings and blank lines too
    actions = min(len(choice.macros), max(height - others, 1))
    parts: list[RenderableType] = [
        panels.choice_table(choice, right, actions),
        Text(),
        panels.decision_text(moment, right),
        Text(),
        situation,
    ]
    left: list[RenderableType] = [_screen(moment)]
    if height >= LOW:
        left += [_rule(title), panels.past_table(moment.past, height - 25, SCREEN_COLUMNS)]
    else:
        left_over = height - others - actions
        parts += [Text(), panels.past_table(moment.past, left_over, right)]
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=SCREEN_COLUMNS)
    grid.add_column(width=right)
    grid.add_row(Group(*left), Group(*parts))
    return grid


def _tall(moment: Moment, width: int, height: int, title: str) -> RenderableType:
    choice = moment.choice
    width = min(width, SCREEN_COLUMNS)
    situation = panels.situation_text(choice, 2)
    others = SCREEN_ROWS + 1 + 2 + len(situation.plain.splitlines()) + 1
    actions = min(len(choice.macros), max(height - others, 1))
    return Group(
        _screen(moment),
        _rule(title),
        panels.decision_text(moment, width),
        situation,
        panels.choice_table(choice, width, actions),
        panels.past_table(moment.past, height - others - actions, width),
    )


def _rule(title: str) -> Rule:
    return Rule(Text(title), style="grey50", align="left")
