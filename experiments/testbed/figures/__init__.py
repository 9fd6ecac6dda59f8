"""Pictures of the testbed's results: one file for each way of drawing."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from experiments.testbed.experiment import Drawing, Result
from experiments.testbed.figures.learning import comparison, learning
from experiments.testbed.figures.problem import problem
from experiments.testbed.figures.regret import regret
from experiments.testbed.figures.study import study
from experiments.testbed.figures.style import pictures, styled

DRAWINGS: dict[Drawing, Callable[[Result], Figure]] = {
    "problem": problem,
    "learning": learning,
    "comparison": comparison,
    "regret": regret,
    "study": study,
}


def draw(result: Result) -> dict[str, bytes]:
    """Return the figure of a result as PNG and SVG, by the ending of the file's name."""
    with styled():
        return pictures(DRAWINGS[result.experiment.drawing](result))
