"""Regret per decision as tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rich.table import Column

from experiments.analysis.sheet import show, show_p
from experiments.console import Table, strong
from experiments.regret.score import FEW, Score, difference
from experiments.regret.states import STRATA, States
from experiments.whatif.values import FORMATS


def regret_table(states: States, scores: Sequence[Score], measure: str) -> Table:
    """Each policy's regret per decision, on all states and on those of each stratum."""
    counts = [int((states.strata == stratum).sum()) for stratum in range(len(STRATA))]
    heads = [f"{name} ({n})" for name, n in zip(STRATA, counts, strict=True)]
    title = f"regret per decision in {measure}, on {len(states.seeds)} states"
    table = Table(Column("run", overflow="fold"), "all states", *heads, title=title)
    form = FORMATS[measure]
    for one in sorted(scores, key=lambda score: score.overall.value):
        table.add_row(one.name, *(show(estimate, form) for estimate in (one.overall, *one.strata)))
    about = states.about
    table.caption = (
        f"{about['futures']} futures of every legal macro-action, {about['turns']} turns long,"
        f" played on by {about['reference']}; 95 % intervals over states,"
        f" none for fewer than {FEW}; lower is better"
    )
    return table


def pairs_table(scores: Sequence[Score], measure: str) -> Table:
    """Return the difference in regret of every two policies, on the same states."""
    table = Table(Column("A − B", overflow="fold"), "difference", "p", title="pairs of runs")
    for a, b in combinations(scores, 2):
        found = difference(a, b)
        interval = found.interval()
        told = show(interval, FORMATS[measure], sign=True)
        shown = strong(told) if interval.excludes_zero else told
        table.add_row(f"{a.name} − {b.name}", shown, show_p(found.p_value()))
    table.caption = "paired by state, each interval by itself; bold: excludes zero"
    return table
