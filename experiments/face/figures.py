"""Figures as objects: matplotlib's own, shown by notebooks, and unknown to pyplot."""

from __future__ import annotations

import io
from collections.abc import Iterable

from matplotlib.figure import Figure

from experiments.analysis.report.chart import Chart


class ShownFigure(Figure):
    """A matplotlib figure that a notebook shows even if pyplot was never imported."""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=150)
        return buffer.getvalue()


def figure_of(chart: Chart) -> Figure:
    """Return a chart drawn."""
    return chart.figure(ShownFigure)


def figures_of(charts: Iterable[Chart]) -> dict[str, Figure]:
    """Return charts drawn, by their names."""
    return {chart.name: figure_of(chart) for chart in charts}
