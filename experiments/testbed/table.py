"""The table of expected beside seen."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.text import Text

from experiments.console import Table
from experiments.testbed.experiment import Row
from experiments.testbed.facts import AGREES, DIFFERS, UNCLEAR

STYLES = {AGREES: "green", UNCLEAR: "yellow", DIFFERS: "bold red"}


def table(sections: Sequence[tuple[str, Sequence[Row]]]) -> Table:
    """Rows under the titles of their figures."""
    columns = ("what", "expected", "seen", "by", "verdict")
    title = "Expected beside seen"
    shown = Table(*columns, title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for title, rows in sections:
        shown.add_row(Text(title, style="bold"))
        for row in rows:
            verdict = Text(row.verdict, style=STYLES[row.verdict])
            cells = (row.what, row.expected, row.seen, row.source)
            shown.add_row(*map(Text, cells), verdict)
        shown.add_section()
    return shown


def levels(name: str, outcomes: Sequence[tuple[str, str, str, str]]) -> Table:
    """How every policy of one's own comparison ended: reward, optimal choices, regret."""
    headings = ("policy", "reward at the end", "optimal", "regret")
    shown = Table(*headings, title=name, title_justify="left", box=box.SIMPLE_HEAD)
    for row in outcomes:
        shown.add_row(*map(Text, row))
    return shown
