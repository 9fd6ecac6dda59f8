"""Figures over training: learning curves, regret, and the metrics of each round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agents.amended.agent import MEANINGS as AMENDED_MEANINGS
from agents.policy_gradient.metrics import MEANINGS
from agents.values.smdp_q import MEANINGS as SMDP_Q_MEANINGS
from experiments.analysis.metrics import METRICS, column
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.curves import Curve, Look, draw_curves, numbers_of, unlike
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.statistics.confidence import Bounds
from experiments.analysis.statistics.smoothing import window_of, windows

COUNTS = ("round", "games", "decisions", "keystrokes")  # of a round's row: how far, not how
BAND = "The band goes from the lowest to the highest of the training seeds"


def learning_curve(evidence: Evidence, metric: str) -> Chart | None:
    """Training games in windows; None if nothing was trained."""
    curves, sizes = [], set()
    for index, name in enumerate(evidence.names):
        if seeds := evidence.training(name):
            size = window_of(max(map(len, seeds)))
            sizes.add(size)
            scores = [column(rows, metric) for rows in seeds]
            curves.append(_over_seeds(name, index, scores, size, METRICS[metric].bounds))
    if not curves:
        return None
    said = " or ".join(map(str, sorted(sizes)))
    return Chart(
        f"{metric}-learning",
        f"{metric}: learning curves",
        f"Mean of {said} training games in a row. {BAND}; of a single seed, two standard errors"
        " of the mean up and down.",
        f"Learning curves of {metric}: {_from_to(curves)}.",
        numbers_of(curves, "game", metric),
        draw_curves(curves, Look("training game", metric, x_log=unlike(curves))),
    )


def regret(evidence: Evidence) -> Chart | None:
    """Cumulative regret over training; None if nothing was trained."""
    comparison = evidence.headline
    best = max(comparison.scores, key=lambda score: score.mean.value)
    curves = []
    for index, name in enumerate(evidence.names):
        if seeds := evidence.training(name):
            scores = [column(rows, comparison.metric) for rows in seeds]
            curves.append(_regret(name, index, scores, best.mean.value))
    if not curves:
        return None
    what = f"cumulative regret\n({comparison.metric})"
    return Chart(
        "regret",
        "Regret",
        f"What training cost: Σ (μ* − {comparison.metric} of the game) over the training games so"
        f" far, where μ* = {best.mean.value:.4g} is the mean of {best.config}, the best here, on"
        f" unseen games. {BAND}.",
        f"Cumulative regret in {comparison.metric}: {_from_to(curves)}.",
        numbers_of(curves, "game", "regret"),
        draw_curves(curves, Look("training game", what, x_log=unlike(curves))),
    )


def round_charts(evidence: Evidence) -> list[Chart]:
    """Return a figure for each metric that some agent reports of a round of learning."""
    rows = [row for *_, contestant in evidence.runs() for row in contestant.rounds]
    names = dict.fromkeys(key for row in rows for key in row if "/" not in key)
    return [_round_chart(evidence, metric) for metric in names if metric not in COUNTS]


def _round_chart(evidence: Evidence, metric: str) -> Chart:
    curves = []
    for index, name in enumerate(evidence.names):
        seeds = [
            [(row["games"], row[metric]) for row in contestant.rounds if metric in row]
            for contestant in evidence.contestants[name].values()
        ]
        if seeds := [seed for seed in seeds if seed]:
            curves.append(_rounds(name, index, seeds))
    what = metric.replace("_", " ")
    meaning = (SMDP_Q_MEANINGS | AMENDED_MEANINGS | MEANINGS).get(metric, what)
    return Chart(
        f"round-{metric}",
        what.capitalize() if what != "kl" else "KL divergence",
        f"{metric}: {meaning}. {BAND}.",
        f"{what} after each round of training: {_from_to(curves)}.",
        numbers_of(curves, "games", metric),
        draw_curves(curves, Look("training games", what, x_log=unlike(curves))),
    )


def _rounds(name: str, index: int, seeds: Sequence[Sequence[tuple[float, float]]]) -> Curve:
    shared = min(map(len, seeds))
    points = np.array([seed[:shared] for seed in seeds])  # (seeds, rounds, 2)
    size = window_of(shared) if shared > 60 else 1
    x = windows(points[0, :, 0], size).mean
    values = np.array([windows(seed, size).mean for seed in points[:, :, 1]])
    return _banded(name, index, x, values)


def _over_seeds(
    name: str, index: int, seeds: Sequence[np.ndarray], size: int, bounds: Bounds
) -> Curve:
    if len(seeds) == 1:
        x, mean, error = windows(seeds[0], size)
        low, high = np.clip([mean - 2 * error, mean + 2 * error], *bounds)
        return Curve(name, index, x, mean, low, high)
    shared = min(map(len, seeds))
    cut = [windows(seed[:shared], size) for seed in seeds]
    return _banded(name, index, cut[0].middle, np.array([window.mean for window in cut]))


def _regret(name: str, index: int, seeds: Sequence[np.ndarray], best: float) -> Curve:
    shared = min(map(len, seeds))
    sums = np.array([np.cumsum(best - seed[:shared]) for seed in seeds])
    at = np.unique(np.linspace(0, shared - 1, 80).astype(int))
    return _banded(name, index, at + 1.0, sums[:, at])


def _banded(name: str, index: int, x: np.ndarray, values: np.ndarray) -> Curve:
    """Return the mean over seeds, (seeds, n), and the lowest and highest of them if there are
    several.
    """
    mean = values.mean(axis=0)
    if len(values) == 1:
        return Curve(name, index, x, mean)
    return Curve(name, index, x, mean, values.min(axis=0), values.max(axis=0))


def _from_to(curves: Sequence[Curve]) -> str:
    return "; ".join(f"{c.label} from {c.y[0]:.3g} to {c.y[-1]:.3g}" for c in curves)
