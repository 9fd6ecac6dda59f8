"""A figure inside a page: it takes the page's colours and fonts, and keeps its ids to itself."""

from __future__ import annotations

import re
from html import escape

from experiments.analysis.report.chart import Chart
from experiments.analysis.report.style import GRID, INK, PALE

THEME = {INK: "currentColor", PALE: "var(--pale)", GRID: "var(--grid)"}


def inline(chart: Chart) -> str:
    """Return the figure as an <svg> element, with a label for screen readers."""
    text = chart.rendered("svg").decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    for fixed, live in THEME.items():
        text = text.replace(fixed, live)
    text = re.sub(r"""font: ([\d.]+)px [^;"]*""", r"font-size: \1px", text)
    text = _own_ids(text, chart.name)
    _, view, rest = re.split(r"(viewBox=\"[^\"]*\")", text, maxsplit=1)
    body = rest[rest.index(">") + 1 :]
    body = re.sub(r"\n\s*", "\n", body)
    return f'<svg {view} role="img" aria-label="{escape(chart.alt)}">{body.strip()}'


def _own_ids(svg: str, name: str) -> str:
    """Ids that are referred to get the chart's name in front; the others go."""
    used = set(re.findall(r"#([\w-]+)", svg))

    def renamed(found: re.Match[str]) -> str:
        return f' id="{name}-{found[1]}"' if found[1] in used else ""

    svg = re.sub(r' id="([^"]*)"', renamed, svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)
