"""What was found at a decision, as one HTML file that needs nothing beside it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from envs.futures import Future
from experiments.analysis.report.page import style
from experiments.analysis.report.written import table_of
from experiments.analysis.statistics.confidence import Estimate
from experiments.console import Table
from experiments.outputs import whole_file
from experiments.playback.replayed import ReplayPlayback
from experiments.playback.source import title_of
from experiments.recordings.page import page_text
from experiments.replays.reader import unpack_replay
from experiments.whatif.decision import Crossroads
from experiments.whatif.tables import heading, remarks, values_table
from experiments.whatif.values import MEASURES, Futures, estimate, ranked

LONG = "iframe { width: 100%; height: 46rem; border: 0; } details { margin: .5rem 0; }"
WIDTH_PX, ROW_PX, NAMES_PX = 600, 26, 130  # of the drawing, of a row of it, of the names


def write_page(path: Path, crossroads: Crossroads) -> None:
    """Write table, intervals, verdict, and of every macro-action a future that can be watched.

    Args:
        path: where to; an old file is replaced.
        crossroads: with futures that were recorded.

    Raises:
        UserError: when the file can't be written there.
    """
    with whole_file(path) as partial:
        partial.write_text(page(crossroads), encoding="utf-8")


def page(crossroads: Crossroads) -> str:
    """Return the page."""
    title = escape(heading(crossroads))
    said = "".join(f"<p>{escape(line)}</p>\n" for line in remarks(crossroads))
    rows = ranked(crossroads.found, crossroads.terms.measure)
    table = _table(values_table(crossroads)) if rows else ""
    playbacks = "\n".join(_watchable(crossroads, futures) for futures in rows)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style()} {LONG}</style></head><body><h1>What if?</h1><p>{title}</p>{table}"
        f"{intervals(crossroads)}{said}<h2>Futures to watch</h2>"
        f"<p>Of each macro-action the one in the middle, by {crossroads.terms.measure} and points."
        f" The choice is decision {crossroads.decision.number:,}.</p>{playbacks}</body></html>\n"
    )


def _table(table: Table) -> str:
    """Return a table of the terminal as one of HTML."""
    cells = zip(*(column.cells for column in table.columns), strict=True)
    rows = [[escape(str(cell)) for cell in row] for row in cells]
    return table_of(str(table.title or ""), [str(c.header) for c in table.columns], rows)


def intervals(crossroads: Crossroads) -> str:
    """Return a drawing: of every macro-action the mean and the interval of what ranks it."""
    measure = crossroads.terms.measure
    rows = ranked(crossroads.found, measure)
    found = [_known(estimate(futures.values(measure), measure)) for futures in rows]
    low = min((e.low for e in found), default=0.0)
    span = max((e.high for e in found), default=1.0) - low or 1.0

    def x(value: float) -> float:
        return round(NAMES_PX + (value - low) / span * (WIDTH_PX - NAMES_PX - 10), 1)

    parts = []
    for row, (futures, each) in enumerate(zip(rows, found, strict=True)):
        y = ROW_PX * row + ROW_PX / 2
        color = "#c33" if futures.action == crossroads.played else "#236"
        parts.append(
            f'<text x="0" y="{y + 5}" fill="{color}">{crossroads.game.names[futures.action]}</text>'
            f'<line x1="{x(each.low)}" x2="{x(each.high)}" y1="{y}" y2="{y}" stroke="{color}"/>'
            f'<circle cx="{x(each.value)}" cy="{y}" r="4" fill="{color}"/>'
        )
    return (
        f'<svg role="img" aria-label="{measure} of each macro-action, with 95 % intervals"'
        f' width="{WIDTH_PX}" height="{ROW_PX * len(rows)}" font-size="15">{"".join(parts)}</svg>'
    )


def _known(each: Estimate) -> Estimate:
    """Return an estimate as it is drawn: without an interval, the value alone."""
    return Estimate(each.value, each.value, each.value) if each.why else each


def typical(futures: Futures, measure: str) -> Future:
    """Return the future in the middle, by a measure, and among equals by points."""
    order = sorted(futures.played, key=lambda f: (MEASURES[measure](f), f.points, f.index))
    return order[len(order) // 2]


def _watchable(crossroads: Crossroads, futures: Futures) -> str:
    future = typical(futures, crossroads.terms.measure)
    name = crossroads.game.names[futures.action]
    replay = unpack_replay(future.report, f"future {future.index} of {name}")
    playback = ReplayPlayback(replay, title_of(replay))
    playback.play_out()
    survivors = sum(f.survived for f in futures.played)
    told = f"{name}: {survivors} of {len(futures.played)} survive; future {future.index}"
    frame = f'<iframe loading="lazy" title="{escape(told)}" srcdoc="{escape(page_text(playback))}">'
    return f"<details><summary>{escape(told)}</summary>{frame}</iframe></details>"
