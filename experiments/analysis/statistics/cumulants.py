"""The shape of a distribution in three numbers that add up over independent variables."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Cumulants(NamedTuple):
    """The second, third and fourth cumulant of a score, in its units squared, cubed, to the fourth.

    Attributes:
        variance: the second.
        third: of positive skew it is positive.
        fourth: of heavy tails it is positive; of a normal variable both are 0.
    """

    variance: float
    third: float = 0.0
    fourth: float = 0.0

    @classmethod
    def of(cls, values: ArrayLike) -> Cumulants:
        """Return those of a sample: (n,), n ≥ 2, the variance with n − 1."""
        scores = np.asarray(values, dtype=float)
        second, third, fourth = (
            float(np.mean((scores - scores.mean()) ** power)) for power in (2, 3, 4)
        )
        variance = second * len(scores) / (len(scores) - 1)
        return cls(variance, third, fourth - 3 * second**2)

    def less(self, other: Cumulants) -> Cumulants:
        """Return those of the difference to another, independent variable."""
        return Cumulants(
            self.variance + other.variance, self.third - other.third, self.fourth + other.fourth
        )

    @property
    def skew(self) -> float:
        """The skewness; 0 without variance."""
        return self.third / self.variance**1.5 if self.variance else 0.0

    @property
    def kurtosis(self) -> float:
        """The excess kurtosis; 0 without variance."""
        return self.fourth / self.variance**2 if self.variance else 0.0
