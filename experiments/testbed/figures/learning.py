"""Learning curves: average reward, share of optimal choices, cumulative regret."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from experiments.testbed.experiment import Experiment, Result
from experiments.testbed.figures.style import (
    PALE,
    WHOLE,
    canvas,
    colour,
    label_ends,
    thinned,
)
from experiments.testbed.simulate import Outcome

SMOOTH_END = 50  # steps whose mean says where a line's label belongs
FINE, COARSE = 1_000, 125  # points of a line at most, in a wide panel and in a narrow one
BEST = "the best arm's mean"


def subtitle(experiment: Experiment) -> str:
    """Return what was played, in a line."""
    played = f"{experiment.runs:,} runs × {experiment.steps:,} steps"
    return " · ".join(filter(None, (played, experiment.arms.described, experiment.source)))


def learning(result: Result) -> Figure:
    """Average reward above the share of optimal choices, as in the book."""
    experiment = result.experiment
    figure, (above, below) = canvas(experiment.title, subtitle(experiment), rows=2)
    _reward(above, result)
    _optimal(below, result)
    above.tick_params(labelbottom=False)
    below.set_xlabel("step")
    figure.draw_without_rendering()  # so that the panels know their size
    for axes, values in ((above, _rewards), (below, _optima)):
        ends = [
            (float(values(o)[-SMOOTH_END:].mean()), o.policy.label, colour(i))
            for i, o in enumerate(result.outcomes)
        ]
        if axes is above:
            ends.append((float(result.outcomes[0].best[-1]), BEST, PALE))
        label_ends(axes, ends)
    return figure


def comparison(result: Result) -> Figure:
    """Reward, share of optimal choices and regret side by side, with one legend below."""
    experiment = result.experiment
    figure, panels = canvas(experiment.title, subtitle(experiment), columns=3)
    for axes, draw in zip(panels, (_reward, _optimal, _regret), strict=True):
        draw(axes, result, COARSE)
        axes.set_xlabel("step")
        axes.locator_params(axis="x", nbins=4)
    legend = figure.legend(
        handles=panels[0].get_lines(), loc="outside lower center", ncols=4, frameon=False,
        fontsize=13, columnspacing=1.4, handlelength=1.4,
    )  # fmt: skip
    for line in legend.get_lines():
        line.set_linewidth(4)
    return figure


def _rewards(outcome: Outcome) -> np.ndarray:
    return outcome.reward


def _optima(outcome: Outcome) -> np.ndarray:
    return outcome.optimal


def _reward(axes: Axes, result: Result, points: int = FINE) -> None:
    _lines(axes, result, _rewards, points)
    steps, best = thinned(result.outcomes[0].best, points)
    dashes = (0, (4, 3))
    axes.plot(steps, best, color=PALE, linestyle=dashes, linewidth=1.5, label=BEST, zorder=1)
    axes.set_title("average reward")


def _optimal(axes: Axes, result: Result, points: int = FINE) -> None:
    _lines(axes, result, _optima, points)
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_title("optimal action")


def _regret(axes: Axes, result: Result, points: int = FINE) -> None:
    _lines(axes, result, lambda outcome: outcome.regret, points)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(WHOLE)
    axes.set_title("cumulative regret")


def _lines(
    axes: Axes, result: Result, values: Callable[[Outcome], np.ndarray], points: int
) -> None:
    for i, outcome in enumerate(result.outcomes):
        steps, line = thinned(values(outcome), points)
        axes.plot(steps, line, color=colour(i), label=outcome.policy.label, linewidth=1.8)
    axes.set_xlim(1, max(result.outcomes[0].steps, 2))
    axes.xaxis.set_major_formatter(WHOLE)
