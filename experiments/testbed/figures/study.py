"""The parameter study: how well each policy does, by its parameter."""

from __future__ import annotations

from matplotlib.figure import Figure

from experiments.testbed.experiment import Result
from experiments.testbed.figures.learning import subtitle
from experiments.testbed.figures.style import LABEL, canvas, colour
from experiments.testbed.settings import families

# By policy: text, the point of the curve that it stands at, its offset and which end is there.
LABELS = {
    "epsilon_greedy": ("ε-greedy: ε", 1 / 64, (-8, 10), "right"),
    "gradient_bandit": ("gradient bandit: α", 1.0, (-14, -4), "right"),
    "ucb": ("UCB: c", 1.0, (0, 12), "center"),
    "greedy": ("optimistic greedy\nα = 0.1: Q₁", 4.0, (-24, 14), "left"),
}
EXPONENTS = range(-7, 3)


def study(result: Result) -> Figure:
    """Average reward over all steps against the parameter, a line for each policy."""
    experiment = result.experiment
    figure, (axes,) = canvas(experiment.title, subtitle(experiment))
    for i, (name, curve) in enumerate(families(result).items()):
        rewards = [float(outcome.run_reward.mean()) for outcome in curve.values()]
        axes.plot(list(curve), rewards, marker="o", markersize=7, color=colour(i))
        text, at, offset, side = LABELS[name]
        axes.annotate(
            text, (at, rewards[list(curve).index(at)]), offset, textcoords="offset points",
            color=colour(i), fontsize=LABEL + 1, fontweight="bold", ha=side,
        )  # fmt: skip
    axes.set_xscale("log", base=2)
    ticks = {2.0**k: f"1/{2**-k}" if k < 0 else f"{2**k}" for k in EXPONENTS}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.margins(y=0.12)
    axes.set_xlabel("parameter: ε, α, c or Q₁")
    axes.set_title(f"average reward over the first {experiment.steps:,} steps")
    return figure
