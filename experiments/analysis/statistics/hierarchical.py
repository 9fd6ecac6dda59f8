"""Means over training seeds and games: both are samples, and both make an estimate uncertain.

The model is score = truth + seed + game + rest, with every seed playing the same games (crossed),
or each its own (nested). An error of the mean is the sum of two parts: that of the games, by the
studentised bootstrap, and that of the seeds, by a generalised confidence interval (Weerahandi,
1993), which stays honest with three to five of them, where a bootstrap over seeds does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.statistics.confidence import Confidence, confidence, unknown
from experiments.analysis.statistics.resampling import Resamples, game_errors
from experiments.analysis.statistics.scores import as_scores, too_few

ALIKE = "the same in every game"


def mean(values: ArrayLike, resamples: Resamples) -> Confidence:
    """Return the mean over training seeds and games, all seeds having played the same games.

    With one seed it is the mean of that agent, and says nothing of other seeds.

    Args:
        values: (games,) or (seeds, games).
        resamples: of the games.

    Raises:
        ValueError: for a score that is NaN or infinite.
    """
    scores = as_scores(values)
    if why := too_few(scores) or alike(scores):
        return unknown(scores.mean(), why)
    return confidence(scores.mean(), crossed_errors(scores, resamples))


def nested_mean(samples: Sequence[ArrayLike], resamples: Resamples) -> Confidence:
    """Return the mean over training seeds that played games of their own, each seed weighing the
    same.

    Args:
        samples: (games of the seed,) for each training seed.
        resamples: of the games.
    """
    scores = [as_scores(sample) for sample in samples]
    means = np.array([sample.mean() for sample in scores])
    seeds = np.zeros((len(scores), min(sample.size for sample in scores)))
    if why := too_few(seeds) or alike(np.concatenate(scores, axis=1)):
        return unknown(means.mean(), why)
    errors = [resamples.shuffled(game_errors(sample[0], resamples)) for sample in scores]
    noise = np.mean([sample.var(ddof=1) / sample.size for sample in scores])
    return confidence(means.mean(), np.mean(errors, axis=0) + seed_errors(means, noise, resamples))


def alike(scores: np.ndarray) -> str:
    """Says so when all scores are the same, which shows no spread to judge by; else ""."""
    return ALIKE if np.ptp(scores) <= 1e-12 * np.abs(scores).max() else ""


def crossed_errors(scores: np.ndarray, resamples: Resamples) -> np.ndarray:
    """Errors of the mean of (seeds, games): (resamples.size,)."""
    return game_errors(scores.mean(axis=0), resamples) + crossed_seed_errors(scores, resamples)


def crossed_seed_errors(scores: np.ndarray, resamples: Resamples) -> np.ndarray:
    """Return the seeds' part in the errors of the mean of (seeds, games); zeros for one seed."""
    return seed_errors(scores.mean(axis=1), interaction(scores), resamples)


def interaction(scores: np.ndarray) -> float:
    """Return the variance of a seed's mean by neither seed nor game alone, of (seeds, games)."""
    seeds, games = scores.shape
    if seeds == 1:
        return 0.0
    rest = scores - scores.mean(axis=0) - scores.mean(axis=1, keepdims=True) + scores.mean()
    return float(np.sum(rest**2) / ((seeds - 1) * (games - 1) * games))


def seed_variance(means: np.ndarray, noise: float) -> float:
    """Return the variance between seeds, from the mean of each, (seeds,), and its variance by
    games.
    """
    return max(0.0, float(means.var(ddof=1)) - noise) if len(means) > 1 else 0.0


def seed_errors(means: np.ndarray, noise: float, resamples: Resamples) -> np.ndarray:
    """Return the seeds' part in the errors of the mean of all: (resamples.size,); zeros for one
    seed.

    The variance of the means is that of the seeds and the noise together, times χ² / (k − 1).
    Solved for the seeds' part, with χ² drawn at random, it gives the variances that may be true.

    Args:
        means: (seeds,), the mean of each.
        noise: the variance of each by its games.
        resamples: gives the random numbers.
    """
    k = len(means)
    if k == 1:
        return np.zeros(resamples.size)
    total = means.var(ddof=1) * (k - 1) / resamples.rng.chisquare(k - 1, resamples.size)
    spread = np.sqrt(np.maximum(total - noise, 0) / k)
    return spread * resamples.rng.standard_normal(resamples.size)
