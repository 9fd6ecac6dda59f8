"""A comparison as one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence

from rich.table import Table

from experiments.analysis import figures
from experiments.analysis.comparison import Comparison
from experiments.analysis.contestants import Contestant
from experiments.analysis.tables import pairs_table, summary_table
from experiments.config.models import dump

STYLE = """body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
padding: 0 1rem; } table { border-collapse: collapse; margin: 1rem 0; }
td, th { border: 1px solid #ccc; padding: .2rem .6rem; text-align: left; }
img { max-width: 100%; } pre { background: #f4f4f4; padding: 1rem; overflow: auto; }"""


def report(
    contestants: Sequence[Contestant], comparisons: Sequence[Comparison], notes: Sequence[str] = ()
) -> str:
    """Returns the HTML page: for each metric its figures and tables, then the configs.

    Args:
        contestants: one or more, evaluated on the same seeds.
        comparisons: of them, one for each metric to show.
        notes: shown at the top.
    """
    title = html.escape(" · ".join(contestant.name for contestant in contestants))
    sections = [_section(contestants, comparison) for comparison in comparisons]
    configs = [
        f"<h3>{html.escape(c.name)}</h3><pre>{html.escape(dump(c.run.config))}</pre>"
        for c in contestants
    ]
    body = "\n".join([*map(_paragraph, notes), *sections, "<h2>Configs</h2>"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{body}{''.join(configs)}</body></html>\n"
    )


def _section(contestants: Sequence[Contestant], comparison: Comparison) -> str:
    metric = comparison.metric
    parts = [f"<h2>{metric}</h2>", html_table(summary_table([comparison]))]
    parts.append(_image(figures.intervals(comparison), f"{metric}: intervals"))
    if comparison.pairs:
        parts += [_paragraph(pair.verdict) for pair in comparison.pairs]
        parts.append(html_table(pairs_table([comparison])))
        parts.append(_image(figures.differences(comparison), f"{metric}: differences"))
    if any(contestant.training for contestant in contestants):
        curves = figures.learning_curves(contestants, metric)
        parts.append(_image(curves, f"{metric}: learning curves"))
    return "\n".join(parts)


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def html_table(table: Table) -> str:
    """Returns a table of the terminal as one of HTML; its title becomes the caption, if any."""
    head = "".join(f"<th>{html.escape(str(column.header))}</th>" for column in table.columns)
    cells = zip(*(column.cells for column in table.columns), strict=True)
    rows = ("".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in cells)
    caption = f"<caption>{html.escape(str(table.title))}</caption>" if table.title else ""
    return f"<table>{caption}<tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _image(png: bytes, what: str) -> str:
    data = base64.b64encode(png).decode()
    return f'<img alt="{html.escape(what)}" src="data:image/png;base64,{data}">'
