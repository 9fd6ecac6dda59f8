"""Running mean and standard deviation of a stream of vectors."""

from __future__ import annotations

import numpy as np

SMALLEST_STD = 1e-2  # a feature that varies less is nearly constant, and is not blown up
ROUNDING = 1e-8  # of the mean: what varies less is constant but for rounding
LARGEST = 5.0  # standard deviations from the mean at which a normalised value is clipped


class Normaliser:
    """Mean and variance of all that `update` has seen; none seen: mean 0, deviation 1.

    Batches are merged by Chan, Golub & LeVeque (1979), so their sizes make no difference.

    Args:
        size: F.
        smallest_std: the least standard deviation; 0 for numbers that may be of any scale.

    Attributes:
        count: (1,) float64.
        mean: (F,) float64.
        squares: (F,) float64, the sum of squared deviations from the mean.
    """

    def __init__(self, size: int, smallest_std: float = SMALLEST_STD) -> None:
        self.smallest_std = smallest_std
        self.count = np.zeros(1)
        self.mean = np.zeros(size)
        self.squares = np.zeros(size)
        self._std = b"", np.ones(size)  # and what it was found from

    @property
    def std(self) -> np.ndarray:
        """The standard deviations, (F,), at least `smallest_std`; 1 where both are 0.

        A memo: every decision asks for them, and few change them.
        """
        made_from = self.count.tobytes() + self.mean.tobytes() + self.squares.tobytes()
        if made_from != self._std[0]:
            self._std = made_from, self._find_std()
        return self._std[1]

    def _find_std(self) -> np.ndarray:
        if not self.count[0]:
            return np.ones_like(self.mean)
        least = np.maximum(self.smallest_std, ROUNDING * np.abs(self.mean))
        std = np.maximum(np.sqrt(self.squares / self.count), least)
        return np.where(std > 0, std, 1.0)

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
