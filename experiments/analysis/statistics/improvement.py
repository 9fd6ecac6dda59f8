"""Probability of improvement: how likely a game of one policy beats a game of the other."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from experiments.analysis.statistics.confidence import Confidence, unknown
from experiments.analysis.statistics.differences import same_games
from experiments.analysis.statistics.hierarchical import ALIKE, crossed_seed_errors
from experiments.analysis.statistics.resampling import Resamples, standard_error
from experiments.analysis.statistics.scores import as_scores, too_few


def probability_of_improvement(a: ArrayLike, b: ArrayLike) -> float:
    """P(A > B) + ½ P(A = B) for any game of each: Mann and Whitney's U over the number of pairs.

    Args:
        a, b: any shapes; all scores of each are pooled (Agarwal et al., 2021, section 4.3).
    """
    return float(_placements(np.asarray(a, float), np.asarray(b, float)).mean())


def mean_probability_of_improvement(a: ArrayLike, b: ArrayLike) -> float:
    """Return the same for each task, averaged over tasks, as rliable has it: (runs, tasks) each."""
    pairs = zip(np.transpose(a), np.transpose(b), strict=True)
    return float(np.mean([probability_of_improvement(ours, theirs) for ours, theirs in pairs]))


def improvement_confidence(
    a: ArrayLike, b: ArrayLike, resamples: Resamples, paired: bool = True
) -> Confidence:
    """Probability of improvement over training seeds and games, and how sure one can be of it.

    Its error is that of the mean of *placements* (DeLong et al., 1988): for each game, the fraction
    of the other's games that it beats. Paired games count as pairs. Intervals are Student's on the
    logit scale, and so stay within 0 and 1. What is asked about is ½, not 0: `p_value(0.5)`.

    Args:
        a, b: (games,) or (seeds, games).
        resamples: of the games.
        paired: whether both played the same games, in the same order.

    Raises:
        ValueError: for paired games of different number, and for a score that is NaN or infinite.
    """
    a, b = same_games(a, b) if paired else (as_scores(a), as_scores(b))
    ours, theirs = _placements(a, b), _placements(b, a)
    value = float(ours.mean())
    if why := too_few(a, b):
        return unknown(value, why)
    if value in (0.0, 1.0):
        return _separate(value, min(a.shape[1], b.shape[1]), resamples)
    errors = _games_part(ours.mean(axis=0), theirs.mean(axis=0), paired, resamples)
    if np.abs(errors).max() <= 1e-12:  # no spread to judge by
        return unknown(value, ALIKE)
    errors += crossed_seed_errors(ours, resamples) - crossed_seed_errors(theirs, resamples)
    logits = np.log(value / (1 - value)) - errors / (value * (1 - value))
    return Confidence(value, 1 / (1 + np.exp(-np.sort(logits))))


def _games_part(
    ours: np.ndarray, theirs: np.ndarray, paired: bool, resamples: Resamples
) -> np.ndarray:
    """Return the games' part in the errors: (resamples.size,)."""
    if paired:
        error = standard_error(ours - theirs)
    else:
        error = math.hypot(standard_error(ours), standard_error(theirs))
    quantiles = np.arange(1, resamples.size + 1) / (resamples.size + 1)
    t = stats.t.ppf(quantiles, min(len(ours), len(theirs)) - 1)
    return error * resamples.shuffled(t)


def _separate(value: float, games: int, resamples: Resamples) -> Confidence:
    """Where every game of one beats every game of the other: one bound, 0.05 ** (1 / n), as for n
    successes in n trials (Clopper & Pearson, 1934).
    """
    draws = np.ones(resamples.size)
    half = resamples.size // 2
    draws[:half] = (np.arange(1, half + 1) / (half + 1)) ** (1 / games)
    return Confidence(value, draws if value else 1 - draws[::-1])


def _placements(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """For each of a, the fraction of b that it beats, ties counting half: a's shape."""
    ordered = np.sort(b, axis=None)
    below, upto = (np.searchsorted(ordered, a, side=side) for side in ("left", "right"))
    return (below + upto) / (2 * len(ordered))
