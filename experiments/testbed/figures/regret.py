"""Regret against the lower bound of Lai & Robbins and the upper bound of UCB1."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.testbed.experiment import Result
from experiments.testbed.figures.learning import subtitle
from experiments.testbed.figures.style import PALE, WHOLE, canvas, colour, label_ends
from experiments.testbed.theory import lai_robbins, ucb1_bound

POINTS = 200


def regret(result: Result) -> Figure:
    """Cumulative regret on logarithmic axes, with a band of two standard errors."""
    experiment = result.experiment
    figure, (axes,) = canvas(experiment.title, subtitle(experiment))
    last = experiment.steps
    steps = np.unique(np.geomspace(min(10, last), last, POINTS).astype(int))
    ends = []
    for i, outcome in enumerate(result.outcomes):
        line, error = outcome.regret[steps - 1], 2 * outcome.regret_error[steps - 1]
        axes.plot(steps, line, color=colour(i))
        axes.fill_between(steps, line - error, line + error, color=colour(i), alpha=0.2, lw=0)
        ends.append((float(line[-1]), outcome.policy.label, colour(i)))
    for text, line, dashes in _bounds(result, steps):
        axes.plot(steps, line, color=PALE, linestyle=(0, dashes))
        ends.append((float(line[-1]), text, PALE))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(steps[0], last)
    axes.set_xlabel("step")
    axes.set_title("cumulative regret")
    axes.xaxis.set_major_formatter(WHOLE)
    axes.yaxis.set_major_formatter(WHOLE)
    figure.draw_without_rendering()  # so that the panel knows its size
    label_ends(axes, ends)
    return figure


def _bounds(result: Result, steps: np.ndarray) -> list[tuple[str, np.ndarray, tuple[int, int]]]:
    arms = result.experiment.arms
    means = np.array(arms.prior)
    floor = lai_robbins(means, arms.rewards) * np.log(steps)
    return [
        ("UCB1's bound", ucb1_bound(means, steps), (2, 2)),
        ("Lai–Robbins: C ln t", floor, (6, 3)),
    ]
