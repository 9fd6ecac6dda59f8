"""Differences between two policies, in games that both played or each on its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from experiments.analysis.statistics.confidence import Confidence, confidence, unknown
from experiments.analysis.statistics.hierarchical import alike, crossed_seed_errors
from experiments.analysis.statistics.resampling import Resamples, difference_errors
from experiments.analysis.statistics.scores import as_scores, too_few


def paired_difference(a: ArrayLike, b: ArrayLike, resamples: Resamples) -> Confidence:
    """mean(a) − mean(b) where both played the same games: what a game gives to both cancels.

    Args:
        a, b: (games,) or (seeds, games), in the same order of games; seeds may differ in number.
        resamples: of the games, pairs together.

    Raises:
        ValueError: when the numbers of games differ, and for a score that is NaN or infinite.
    """
    a, b = same_games(a, b)
    game = a.mean(axis=0) - b.mean(axis=0)
    if why := too_few(a, b) or alike(_every_difference(a, b)):
        return unknown(game.mean(), why)
    seeds = crossed_seed_errors(a, resamples) - crossed_seed_errors(b, resamples)
    return confidence(game.mean(), difference_errors(game, resamples) + seeds)


def independent_difference(a: Confidence, b: Confidence, resamples: Resamples) -> Confidence:
    """Return a − b of two estimates that have no games in common."""
    if why := a.why or b.why:
        return unknown(a.value - b.value, why)
    draws = np.sort(a.draws - resamples.shuffled(b.draws))
    return Confidence(a.value - b.value, draws)


def same_games(a: ArrayLike, b: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Both as (seeds, games).

    Raises:
        ValueError: when the numbers of games differ, and for a score that is NaN or infinite.
    """
    a, b = as_scores(a), as_scores(b)
    if a.shape[1] != b.shape[1]:
        raise ValueError(f"pairs need the same games, not {a.shape[1]} and {b.shape[1]}")
    return a, b


def _every_difference(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Every seed of one against every seed of the other, game by game: (pairs of seeds, games)."""
    return (a[:, None] - b).reshape(-1, a.shape[1])
