"""Running mean and standard deviation of a stream of vectors."""

from __future__ import annotations

import numpy as np

SMALLEST_STD = 1e-2  # what varies less than this is nearly constant, and is not blown up
LARGEST = 5.0  # standard deviations from the mean at which a normalised value is clipped


class Normaliser:
    """Mean and variance of all that `update` has seen; none seen: mean 0, deviation 1.

    Batches are merged by Chan, Golub & LeVeque (1979), so their sizes make no difference.

    Attributes:
        count: (1,) float64.
        mean: (F,) float64.
        squares: (F,) float64, the sum of squared deviations from the mean.
    """

    def __init__(self, size: int) -> None:
        self.count = np.zeros(1)
        self.mean = np.zeros(size)
        self.squares = np.zeros(size)

    @property
    def std(self) -> np.ndarray:
        """The standard deviations, (F,), at least `SMALLEST_STD`."""
        if not self.count[0]:
            return np.ones_like(self.mean)
        return np.maximum(np.sqrt(self.squares / self.count), SMALLEST_STD)

    def update(self, batch: np.ndarray) -> None:
        """Take in (N, F)."""
        n, total = len(batch), self.count + len(batch)
        mean = batch.mean(axis=0)
        shift = mean - self.mean
        within = ((batch - mean) ** 2).sum(axis=0)
        self.squares += within + shift**2 * self.count * n / total
        self.mean += shift * n / total
        self.count += n

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Return (x - mean) / std, clipped to ±`LARGEST`; (F,) or (N, F)."""
        return ((x - self.mean) / self.std).clip(-LARGEST, LARGEST)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds."""
        return {"count": self.count, "mean": self.mean, "squares": self.squares}
