"""One problem of the testbed: how the rewards of each arm are distributed."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.testbed.experiment import Result
from experiments.testbed.figures.style import INK, PALE, canvas, colour
from experiments.testbed.settings import problems

SPREAD = 3.0  # standard deviations of reward that are drawn
WIDTH = 0.42  # of a density at its widest, half of it


def problem(result: Result) -> Figure:
    """Return the densities N(q*(a), 1) of the first run's arms, with their means."""
    experiment = result.experiment
    means = problems(result)[0]
    subtitle = f"the first of {experiment.runs:,} problems · {experiment.arms.described}"
    figure, (axes,) = canvas(experiment.title, f"{subtitle} · {experiment.source}")
    noise = np.linspace(-SPREAD, SPREAD, 201)
    density = WIDTH * np.exp(-(noise**2) / 2)
    for arm, mean in enumerate(means.tolist(), start=1):
        best = mean == means.max()
        hue = colour(1) if best else colour(0)
        y = mean + noise
        axes.fill_betweenx(y, arm - density, arm + density, color=hue, alpha=0.22, lw=0)
        axes.plot([arm - WIDTH, arm + WIDTH], [mean, mean], color=hue, linewidth=3)
        axes.text(arm + 0.06, mean + 0.1, f"{mean:.2f}", color=INK, fontsize=13)
    axes.axhline(0, color=PALE, linestyle=(0, (4, 3)), linewidth=1.5, zorder=1)
    axes.set_xticks(range(1, len(means) + 1))
    axes.grid(visible=False, axis="x")
    axes.set_xlabel("action")
    axes.set_title("distribution of the reward; the line is q*(a), the best one in orange")
    return figure
