"""The report: one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from experiments.analysis.comparison import Comparison
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.charts import Charts
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.games import Played, games_html
from experiments.analysis.report.inline import inline
from experiments.analysis.report.origin import (
    Origin,
    differences_sheet,
    origin_sheet,
    versions_sheet,
)
from experiments.analysis.report.written import html_table
from experiments.analysis.sheet import overview_sheet, pair_sheet, score_sheet
from experiments.analysis.standings import verdicts

NAMED = 4  # configs in the title


def report(evidence: Evidence, charts: Charts, origin: Origin, games: Sequence[Played] = ()) -> str:
    """Return the page.

    Args:
        evidence: what to show.
        charts: all its figures.
        origin: how it was made.
        games: some of them, to be played in the page.
    """
    sections = {
        "Result": _result(evidence, charts),
        "Distributions": _figures(charts.distributions),
        "Learning": _learning(charts),
        "Choices": _choices(charts),
        "Endings": _figures(charts.endings),
        "Games": games_html(evidence, games),
        "Training": _figures(charts.rounds) or "<p>No agent here reports metrics of learning.</p>",
        "Other metrics": _others(evidence, charts),
        "Configs and versions": _origin(evidence, origin),
    }
    body = [
        f'<section id="{_id(name)}"><h2>{name}</h2>\n{content}</section>'
        for name, content in sections.items()
        if content
    ]
    links = (f'<a href="#{_id(name)}">{name}</a>' for name, content in sections.items() if content)
    return Template(_part("report.html")).substitute(
        title=escape(title_of(evidence.names)),
        summary=escape(f"{_played(evidence)} · {origin.date}"),
        links="".join(links),
        notes="".join(f'<p class="note">{escape(note)}</p>' for note in evidence.notes),
        body="\n".join(body),
        style=style(),
        script=_part("report.js"),
    )


def _result(evidence: Evidence, charts: Charts) -> str:
    comparison = evidence.headline
    parts = [_verdicts(comparison), html_table(score_sheet(comparison))]
    if comparison.pairs:
        parts.append(html_table(pair_sheet(comparison)))
    return "\n".join([*parts, _figures(charts.result)])


def _verdicts(comparison: Comparison) -> str:
    if not comparison.pairs:
        return ""
    said = "".join(f"<li>{escape(verdict)}</li>" for verdict in verdicts(comparison))
    return f'<ul class="verdicts">{said}</ul>'


def _learning(charts: Charts) -> str:
    if not charts.learning:
        return "<p>Nothing here was trained.</p>"
    table = html_table(charts.generalisation) if charts.generalisation else ""
    return _figures(charts.learning) + (f"<h3>Training and unseen games</h3>{table}" * bool(table))


def _choices(charts: Charts) -> str:
    notes = "".join(f"<p class=caption>{escape(note)}</p>" for note in charts.missing)
    return _figures(charts.choices) + notes


def _others(evidence: Evidence, charts: Charts) -> str:
    if not evidence.others:
        return ""
    parts = [html_table(overview_sheet(evidence.comparisons))]
    for comparison in evidence.others:
        inner = [_verdicts(comparison), html_table(score_sheet(comparison))]
        if comparison.pairs:
            inner.append(html_table(pair_sheet(comparison)))
        inner.append(_figures(charts.others[comparison.metric]))
        parts.append(
            f"<details><summary><h3>{comparison.metric}</h3></summary>{''.join(inner)}</details>"
        )
    return "\n".join(parts)


def _origin(evidence: Evidence, origin: Origin) -> str:
    tables = [
        differences_sheet(evidence.contestants),
        origin_sheet(origin),
        versions_sheet(evidence.contestants),
    ]
    return "".join(f"<h3>{escape(sheet.title)}</h3>{html_table(sheet)}" for sheet in tables)


def _figures(charts: Iterable[Chart]) -> str:
    drawn = "".join(
        f'<figure id="figure-{chart.name}"><h3>{escape(chart.title)}</h3>{inline(chart)}'
        f"<figcaption>{escape(chart.caption)}</figcaption></figure>"
        for chart in charts
    )
    return f'<div class="figures">{drawn}</div>' if drawn else ""


def title_of(names: Sequence[str]) -> str:
    """Return the configs' names; of many the first ones, since the tables have them all."""
    more = len(names) - NAMED
    return " · ".join(names) if more <= 1 else f"{' · '.join(names[:NAMED])} and {more} more"


def _played(evidence: Evidence) -> str:
    scores = evidence.headline.scores
    games = " or ".join(f"{n:,}" for n in sorted({score.games for score in scores}))
    seeds = sorted({score.seeds for score in scores})
    many = f" for each of {' or '.join(map(str, seeds))} training seeds" if seeds != [1] else ""
    return f"{games} unseen games{many} · {len(scores)} config{'s' * (len(scores) > 1)}"


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


def style() -> str:
    """Return the style of pages of tables and figures: light and dark, on phones, and printed."""
    return _part("report.css")


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
