"""Scores: what is taken as a sample of games, and what is refused."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

MIN_GAMES = 5  # with fewer, no interval covers (see `docs/statistics.md`)
MIN_SEEDS = 3  # two training seeds say next to nothing of the spread between seeds


def as_scores(values: ArrayLike) -> np.ndarray:
    """Return (seeds, games) as floats; (games,) is one seed.

    Raises:
        ValueError: for no games at all, more than two axes, and a score that is NaN or infinite.
    """
    scores = np.atleast_2d(np.asarray(values, dtype=float))
    if scores.ndim != 2 or not scores.size:
        raise ValueError(f"scores must be (games,) or (seeds, games), not {np.shape(values)}")
    bad = np.argwhere(~np.isfinite(scores))
    if len(bad):
        seed, game = bad[0]
        raise ValueError(
            f"{len(bad)} scores are no finite numbers; first: seed {seed}, game {game}"
        )
    return scores


def too_few(*samples: np.ndarray) -> str:
    """Says of what there is too little for an interval, in samples of (seeds, games); else ""."""
    games = min(sample.shape[1] for sample in samples)
    if games < MIN_GAMES:
        return f"too few games ({games}; {MIN_GAMES} at least)"
    seeds = [len(sample) for sample in samples if 1 < len(sample) < MIN_SEEDS]
    return f"too few training seeds ({seeds[0]}; 1, or {MIN_SEEDS} at least)" if seeds else ""
