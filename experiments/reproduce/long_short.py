"""What a gradient step costs by the long form and by the short form, as the layer grows.

Source: the post "Solving MNIST with a Neural Network from the ground up". The long form multiplies
Jacobians; that of a layer of K units and D inputs with respect to its weights has K × K D numbers
for each image.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from agents.networks.losses import Form
from agents.networks.mlp import MLP
from experiments.console import Table
from experiments.reproduce.plots import canvas, save
from experiments.reproduce.report import NOT_IN_POST, Check, Plot

INPUTS, CLASSES = 784, 10
UNITS = (8, 16, 32, 64, 128, 256)
POST_UNITS = 512
REPEATS, PATIENCE_SECONDS = (
    5,
    0.5,
)  # the best of so many, unless one takes longer than this (seconds)
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and peak bytes of one gradient step by each form, and how far the two are apart.

    Attributes:
        units: of the hidden layer.
        seconds, peak: by form.
        difference: the largest between the two gradients, relative to the largest number in them.
    """

    units: int
    seconds: dict[Form, float]
    peak: dict[Form, int]
    difference: float


def measure(units: int, rng: np.random.Generator) -> Cost:
    """Measures a step of a 784-units-10 network on one image, in float64."""
    net = MLP([INPUTS, units, CLASSES], precision="float64", rng=rng)
    x, y = rng.random((1, INPUTS)), np.eye(CLASSES)[[3]]
    seconds: dict[Form, float] = {}
    peak: dict[Form, int] = {}
    gradients = []

    def step(form: Form) -> None:
        net.forward(x)
        net.cross_entropy(y, form=form)

    forms: tuple[Form, Form] = ("long", "short")
    for form in forms:
        seconds[form] = _best_time(lambda form=form: step(form))  # type: ignore[misc]
        peak[form] = _peak(lambda form=form: step(form))  # type: ignore[misc]
        gradients.append(net.gradient.copy())
    difference = np.abs(gradients[0] - gradients[1]).max() / np.abs(gradients[1]).max()
    return Cost(units, seconds, peak, float(difference))


def checks(costs: Sequence[Cost]) -> list[Check]:
    """Return what must hold: the same gradient, at a higher price."""
    worst = max(cost.difference for cost in costs)
    last = costs[-1]
    memory = last.peak["long"] / last.peak["short"]
    slower = last.seconds["long"] / last.seconds["short"]
    whole = POST_UNITS**2 * INPUTS * 8 / 1e9
    return [
        Check("gradients by the long form and the short form", "the same",
              f"the same, to {worst:.0e} of the largest", worst < ROUNDING),
        Check(f"memory beside the gradient's own, long form against short, {last.units} units",
              "noticeably more",
              f"{memory:,.0f} times as much", memory > 2),
        Check(f"time, long form against short, {last.units} units", "noticeably more",
              f"{slower:,.0f} times as long", slower > 1),
        Check("one Jacobian dz/dW of the post's 512 units, for one image", NOT_IN_POST,
              f"{whole:.1f} GB in float64 (by its size, not built)", True),
    ]  # fmt: skip


def table(costs: Sequence[Cost]) -> Table:
    """Return the costs, a row for each size of the layer."""
    shown = Table("hidden units", title="one gradient step, one image", title_justify="left")
    for name in ("long, ms", "short, ms", "long, MB", "short, MB", "gradients apart"):
        shown.add_column(name, justify="right")
    for cost in costs:
        shown.add_row(
            str(cost.units),
            *(f"{1e3 * cost.seconds[form]:.2f}" for form in ("long", "short")),
            *(f"{cost.peak[form] / 1e6:.2f}" for form in ("long", "short")),
            f"{cost.difference:.0e}",
        )
    return shown


def plot(costs: Sequence[Cost]) -> Plot:
    """Draws time and memory over the size of the layer, all logarithmic."""
    figure, (left, right) = canvas(2)
    units = [cost.units for cost in costs]
    forms: tuple[Form, Form] = ("long", "short")
    for form in forms:
        left.loglog(units, [1e3 * cost.seconds[form] for cost in costs], "o-", label=f"{form} form")
        right.loglog(units, [cost.peak[form] / 1e6 for cost in costs], "o-", label=f"{form} form")
    for axes, label in ((left, "milliseconds"), (right, "peak memory, MB")):
        axes.set_xticks(units, map(str, units))
        axes.minorticks_off()
        axes.set_xlabel("units of the hidden layer")
        axes.set_ylabel(label)
        axes.legend()
    figure.suptitle("A gradient step for one image, 784–units–10")
    return save("mnist-long-short", figure)


def _best_time(step: Callable[[], None]) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        began = time.perf_counter()
        step()
        seconds = time.perf_counter() - began
        best = min(best, seconds)
        if seconds > PATIENCE_SECONDS:
            break
    return best


def _peak(step: Callable[[], None]) -> int:
    tracemalloc.start()
    try:
        step()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
