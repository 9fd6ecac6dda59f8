"""The table of expected beside seen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from experiments.testbed.experiment import Row
from experiments.testbed.facts import AGREES, DIFFERS, UNCLEAR

STYLES = {AGREES: "green", UNCLEAR: "yellow", DIFFERS: "bold red"}


def table(rows: Sequence[Row]) -> Table:
    """Rows under one heading, a section for each figure."""
    shown = Table(title="Expected beside seen", title_justify="left")
    for heading in ("figure", "what", "expected", "by", "seen"):
        shown.add_column(heading, overflow="fold")
    shown.add_column("verdict", no_wrap=True)
    figure = ""
    for row in rows:
        if figure and row.figure != figure:
            shown.add_section()
        name = "" if row.figure == figure else row.figure
        figure = row.figure
        verdict = Text(row.verdict, style=STYLES[row.verdict])
        cells = (name, row.what, row.expected, row.source, row.seen)
        shown.add_row(*map(Text, cells), verdict)
    return shown


def levels(name: str, outcomes: Sequence[tuple[str, str, str, str]]) -> Table:
    """How every policy of one's own comparison ended: reward, optimal choices, regret."""
    shown = Table("policy", "reward at the end", "optimal", "regret", title=name)
    for row in outcomes:
        shown.add_row(*map(Text, row))
    return shown
