"""The aggregates of Agarwal et al. (2021), *Deep RL at the Edge of the Statistical Precipice*.

They agree with the authors' rliable on the same numbers; (runs, tasks) is their order of axes. With
one task, NetHack, a run is a training seed and all its games are pooled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from compiling.compiled import compiled
from experiments.analysis.statistics.confidence import Confidence, confidence, unknown
from experiments.analysis.statistics.hierarchical import alike, crossed_seed_errors
from experiments.analysis.statistics.resampling import Resamples
from experiments.analysis.statistics.scores import MIN_SEEDS, as_scores, too_few


def iqm(scores: ArrayLike) -> float:
    """Interquartile mean of all scores together: the mean of the middle half.

    A quarter, rounded down, is cut off at each end, as `scipy.stats.trim_mean(scores, 0.25)` does.
    """
    ordered = np.sort(np.ravel(np.asarray(scores, dtype=float)))
    cut = len(ordered) // 4
    return float(ordered[cut : len(ordered) - cut].mean())


def iqm_confidence(values: ArrayLike, resamples: Resamples) -> Confidence:
    """Return the interquartile mean over training seeds and games: (games,) or (seeds, games).

    Games are resampled, with the percentile bootstrap, which serves a statistic without the tails
    as well as any. The seeds' part is that of a mean of influence values (Tukey & McLaughlin,
    1963): scores beyond the quartiles count as the quartile, and all twice.
    """
    scores = as_scores(values)
    value, cut = iqm(scores), scores.size // 4
    if why := too_few(scores) or alike(scores):
        return unknown(value, why)
    ordered = np.sort(scores, axis=None)
    influence = 2 * np.clip(scores, ordered[cut], ordered[-cut - 1])
    errors = value - resamples.shuffled(_resampled_iqm(scores, resamples))
    return confidence(value, errors + crossed_seed_errors(influence, resamples))


def _resampled_iqm(scores: np.ndarray, resamples: Resamples) -> np.ndarray:
    """Return the interquartile mean of every resample of games: (resamples.size,)."""
    order = np.argsort(scores, axis=None)
    ordered, games = scores.ravel()[order], order % scores.shape[1]
    cut = scores.size // 4
    return _middle_means(
        resamples.counts(scores.shape[1]), ordered, games, cut, scores.size - 2 * cut
    )


@compiled
def _middle_means(counts, ordered, games, cut, kept):  # type: ignore[no-untyped-def]
    """Means of `kept` scores after the `cut` lowest, each counted as often as it was drawn."""
    means = np.zeros(len(counts))
    for resample in range(len(counts)):
        before = 0.0
        for i in range(len(ordered)):
            upto = before + counts[resample, games[i]]
            weight = min(max(upto - cut, 0.0), kept) - min(max(before - cut, 0.0), kept)
            means[resample] += weight * ordered[i]
            before = upto
    return means / kept


def optimality_gap(scores: ArrayLike, target: float = 1.0) -> float:
    """By how much scores fall short of a target on average; what is above it does not make up."""
    return float(target - np.mean(np.minimum(scores, target)))


def performance_profile(scores: ArrayLike, thresholds: ArrayLike) -> np.ndarray:
    """Return the fraction of scores above each threshold: any shape, (thresholds,) to
    (thresholds,).
    """
    ordered = np.sort(np.ravel(np.asarray(scores, dtype=float)))
    return 1 - np.searchsorted(ordered, thresholds, side="right") / len(ordered)


def task_profile(scores: ArrayLike, thresholds: ArrayLike) -> np.ndarray:
    """Return the fraction of tasks whose mean over runs is above each threshold: (runs, tasks)."""
    return performance_profile(np.mean(np.asarray(scores, dtype=float), axis=0), thresholds)


def stratified_iqm(scores: ArrayLike, resamples: Resamples) -> Confidence:
    """Return the interquartile mean of (runs, tasks), with the stratified bootstrap of Agarwal et
    al.

    Runs are resampled within each task, so every resample has as many runs of a task as there are.
    """
    table = as_scores(scores)
    runs, tasks = table.shape
    if runs < MIN_SEEDS:
        return unknown(iqm(table), f"too few runs ({runs}; {MIN_SEEDS} at least)")
    drawn = resamples.rng.integers(runs, size=(resamples.size, runs, tasks))
    ordered = np.sort(table[drawn, np.arange(tasks)].reshape(resamples.size, -1), axis=1)
    cut = table.size // 4
    return Confidence(iqm(table), np.sort(ordered[:, cut : table.size - cut].mean(axis=1)))
