"""Figures of the unseen games: means, differences, distributions, performance profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from experiments.analysis.comparison import Comparison
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.curves import PERCENT, Curve, Look, draw_curves, numbers_of
from experiments.analysis.report.forest import NAMES, draw_forest, height
from experiments.analysis.report.style import colour, wrapped
from experiments.analysis.sheet import show
from experiments.analysis.statistics.robust import performance_profile

SHOWN = 120  # games drawn as points, chosen evenly by rank; the shape is of all
THRESHOLDS = 101


def means(comparison: Comparison) -> Chart:
    """Every config's mean with its interval."""
    names = [score.config for score in comparison.scores]
    estimates = [score.mean for score in comparison.scores]
    rows = [
        {"config": name, "mean": e.value, "low": e.low, "high": e.high, "without_interval": e.why}
        for name, e in zip(names, estimates, strict=True)
    ]
    said = "; ".join(f"{n}: {show(e, '.4g')}" for n, e in zip(names, estimates, strict=True))
    return Chart(
        f"{comparison.metric}-means",
        f"{comparison.metric}: means",
        "Mean over training seeds and unseen games, with its 95 % interval.",
        f"Mean {comparison.metric} and 95 % interval. {said}.",
        rows,
        draw_forest(names, estimates, f"mean {comparison.metric}"),
        height(names),
    )


def differences(comparison: Comparison) -> Chart:
    """Return the difference of every two configs with Holm's interval."""
    names = [f"{pair.a} − {pair.b}" for pair in comparison.pairs]
    estimates = [pair.adjusted for pair in comparison.pairs]
    paired = all(pair.paired for pair in comparison.pairs)
    rows = [
        {"a": p.a, "b": p.b, "difference": p.adjusted.value, "low": p.adjusted.low,
         "high": p.adjusted.high, "p": p.adjusted_p, "paired": p.paired}
        for p in comparison.pairs
    ]  # fmt: skip
    how = "paired by game" if paired else "not all on the same games"
    many = f", adjusted by Holm for {len(names)} pairs" if len(names) > 1 else ""
    return Chart(
        f"{comparison.metric}-differences",
        f"{comparison.metric}: differences",
        f"Difference of the means, {how}, with the interval at 5 %{many}. Filled: it excludes 0.",
        f"Differences in {comparison.metric}. " + ". ".join(p.verdict for p in comparison.pairs),
        rows,
        draw_forest(names, estimates, f"difference in {comparison.metric}", zero=True),
        height(names),
    )


def distribution(metric: str, samples: Mapping[str, np.ndarray]) -> Chart:
    """Every game as a point, above it the shape of all."""
    rows = [
        {"config": name, metric: float(value)}
        for name, values in samples.items()
        for value in np.sort(values)
    ]
    quartiles = {name: np.quantile(values, [0.25, 0.5, 0.75]) for name, values in samples.items()}
    said = "; ".join(f"{name}: {q[0]:.4g}, {q[1]:.4g}, {q[2]:.4g}" for name, q in quartiles.items())
    return Chart(
        f"{metric}-distribution",
        f"{metric}: distribution",
        f"A point for a game (at most {SHOWN} of each config, evenly by rank), the density of all"
        " above; the bar is the middle half, the white line the median.",
        f"Quartiles of {metric}. {said}.",
        rows,
        _draw_distribution(metric, samples),
        max(1.8, AXIS_INCHES + 0.75 * len(samples)),
    )


AXIS_INCHES = 0.7


def _draw_distribution(metric: str, samples: Mapping[str, np.ndarray]) -> Callable[[Figure], None]:
    def draw(figure: Figure) -> None:
        axes: Axes = figure.subplots()
        for i, values in enumerate(samples.values()):
            _cloud(axes, i, np.sort(values))
        ticks = [wrapped(name, NAMES) for name in samples]
        axes.set_yticks(np.arange(len(samples)), ticks)
        axes.set_ylim(len(samples) - 0.4, -0.65)
        axes.set_xlabel(metric)
        axes.locator_params(axis="x", nbins=6)
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)

    return draw


def _cloud(axes: Axes, i: int, values: np.ndarray) -> None:
    """One config: density above its line, points below, quartiles on it."""
    hue = colour(i)
    if np.ptp(values) > 0 and len(values) > 2:
        at = np.linspace(values[0], values[-1], 160)
        density = stats.gaussian_kde(values)(at)
        axes.fill_between(at, i - 0.1, i - 0.1 - 0.45 * density / density.max(), color=hue,
                          alpha=0.35, lw=0)  # fmt: skip
    picked = values[np.unique(np.linspace(0, len(values) - 1, SHOWN).astype(int))]
    jitter = np.random.default_rng(i).uniform(0.1, 0.32, len(picked))
    axes.plot(picked, i + jitter, ".", color=hue, ms=3.5, alpha=0.6, mew=0)
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    axes.hlines(i, low, high, color=hue, lw=5)
    axes.plot(middle, i, "|", color="white", ms=6, mew=2)


def profile(metric: str, samples: Mapping[str, np.ndarray]) -> Chart:
    """Return the share of games that go beyond each threshold."""
    pooled = np.concatenate(list(samples.values()))
    thresholds = np.linspace(min(0.0, pooled.min()), pooled.max(), THRESHOLDS)
    curves = [
        Curve(name, i, thresholds, performance_profile(values, thresholds))
        for i, (name, values) in enumerate(samples.items())
    ]
    return Chart(
        f"{metric}-profile",
        f"{metric}: performance profile",
        "The share of games above each threshold (Agarwal et al., 2021): the higher line is"
        " better there, and lines that cross mean that neither is better everywhere.",
        f"Share of games with {metric} above a threshold, a line for each config.",
        numbers_of(curves, "threshold", "share"),
        draw_curves(curves, Look(f"{metric} above", "share of games", True, PERCENT, None, True)),
    )
