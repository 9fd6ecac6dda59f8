"""The value of a state as a linear function of its features, by least squares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RIDGE = 1.0  # pulls a weight to 0 as would a game in which only its x is 1, and returns are 0


class LinearValue:
    """V(s) = w · (φ(s), 1) with the least squared error on all returns so far, each game alike.

    Attributes:
        gram: (F + 1, F + 1), Σ over games of the mean of x xᵀ over their decisions.
        moment: (F + 1,), the same of x times the return.
    """

    def __init__(self, n_features: int) -> None:
        self.gram = np.zeros((n_features + 1, n_features + 1))
        self.moment = np.zeros(n_features + 1)

    def add(self, features: np.ndarray, returns: np.ndarray) -> None:
        """Take in the decisions of one game: (T, F) and (T,)."""
        x = _with_one(features)
        self.gram += x.T @ x / len(x)
        self.moment += x.T @ returns / len(x)

    def with_games(self, games: Sequence[tuple[np.ndarray, np.ndarray]]) -> LinearValue:
        """Return another one that has seen these games too."""
        other = LinearValue(len(self.moment) - 1)
        other.gram += self.gram
        other.moment += self.moment
        for game in games:
            other.add(*game)
        return other

    def of(self, features: np.ndarray) -> np.ndarray:
        """Return V of feature vectors, (…, F) to (…)."""
        weights = np.linalg.solve(self.gram + RIDGE * np.eye(len(self.gram)), self.moment)
        return _with_one(features) @ weights


def _with_one(features: np.ndarray) -> np.ndarray:
    ones = np.ones((*features.shape[:-1], 1))
    return np.concatenate([features.astype(np.float64), ones], axis=-1)
