"""The aggregates of Agarwal et al. (2021), *Deep RL at the Edge of the Statistical Precipice*.

They agree with the authors' rliable on the same numbers; (runs, tasks) is their order of axes. With
one task, NetHack, a run is a training seed and all its games are pooled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.statistics.confidence import Confidence, confidence, unknown
from experiments.analysis.statistics.hierarchical import alike, crossed_errors
from experiments.analysis.statistics.resampling import Resamples
from experiments.analysis.statistics.scores import as_scores, too_few


def iqm(scores: ArrayLike) -> float:
    """Interquartile mean of all scores together: the mean of the middle half.

    A quarter, rounded down, is cut off at each end, as `scipy.stats.trim_mean(scores, 0.25)` does.
    """
    ordered = np.sort(np.ravel(np.asarray(scores, dtype=float)))
    cut = len(ordered) // 4
    return float(ordered[cut : len(ordered) - cut].mean())


def iqm_confidence(values: ArrayLike, resamples: Resamples) -> Confidence:
    """The interquartile mean over training seeds and games: (games,) or (seeds, games).

    Its error is that of the mean of its influence values (Tukey & McLaughlin, 1963): scores beyond
    the quartiles count as the quartile, and all twice.
    """
    scores = as_scores(values)
    cut = scores.size // 4
    ordered = np.sort(scores, axis=None)
    influence = 2 * np.clip(scores, ordered[cut], ordered[-cut - 1])
    if why := too_few(scores) or alike(influence):
        return unknown(iqm(scores), why)
    return confidence(iqm(scores), crossed_errors(influence, resamples))


def optimality_gap(scores: ArrayLike, target: float = 1.0) -> float:
    """By how much scores fall short of a target on average; what is above it does not make up."""
    return float(target - np.mean(np.minimum(scores, target)))


def performance_profile(scores: ArrayLike, thresholds: ArrayLike) -> np.ndarray:
    """The fraction of scores above each threshold: any shape, and (thresholds,) to (thresholds,)."""
    ordered = np.sort(np.ravel(np.asarray(scores, dtype=float)))
    return 1 - np.searchsorted(ordered, thresholds, side="right") / len(ordered)


def task_profile(scores: ArrayLike, thresholds: ArrayLike) -> np.ndarray:
    """The fraction of tasks whose mean over runs is above each threshold: (runs, tasks)."""
    return performance_profile(np.mean(scores, axis=0), thresholds)
