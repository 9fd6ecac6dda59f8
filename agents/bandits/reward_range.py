"""Rewards of any range as numbers in [0, 1], which bandits' bounds and priors assume."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from agents.checks import check_range


class RewardRange(NamedTuple):
    """The rewards that become 0 and 1."""

    low: float
    high: float

    @classmethod
    def of(cls, pair: tuple[float, float]) -> RewardRange:
        """Return the range of a setting; raises ValueError unless high is above low."""
        low, high = pair
        check_range("reward_range[1]", high, low, open_below=True)
        return cls(low, high)

    def unit(self, reward: float) -> float:
        """Return a reward as a number in [0, 1], clipped."""
        return min(max((reward - self.low) / (self.high - self.low), 0.0), 1.0)

    def units(self, rewards: np.ndarray) -> np.ndarray:
        """Return rewards as numbers in [0, 1], clipped; NaN stays."""
        return np.clip((rewards - self.low) / (self.high - self.low), 0.0, 1.0)

    def rewards(self, units: np.ndarray) -> np.ndarray:
        """Return numbers of that scale in units of reward."""
        return np.asarray(self.low + (self.high - self.low) * units)
