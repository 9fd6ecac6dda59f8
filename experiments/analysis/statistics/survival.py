"""How long games last when some are cut off before their end (Kaplan & Meier, 1958)."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from scipy import stats

from experiments.analysis.statistics.confidence import LEVEL


class Survival(NamedTuple):
    """The fraction of games that go on after each time.

    Attributes:
        time: (t,), ascending, beginning with 0.
        alive: (t,), from that time on until the next.
        low, high: (t,), the 95 % band at each time by itself; NaN where none can be given.
    """

    time: np.ndarray
    alive: np.ndarray
    low: np.ndarray
    high: np.ndarray


def survival(times: np.ndarray, over: np.ndarray) -> Survival:
    """Return the Kaplan–Meier estimate, with the log-log band of Greenwood's variance.

    Args:
        times: (games,), how long each was seen.
        over: (games,) bool, whether it ended then; else it was cut off (censored).
    """
    times, over = np.asarray(times, dtype=float), np.asarray(over, dtype=bool)
    data = stats.CensoredData(uncensored=times[over], right=times[~over])
    curve = stats.ecdf(data).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where all or none are alive
        band = curve.confidence_interval(LEVEL, method="log-log")
    return Survival(
        np.concatenate([[0.0], curve.quantiles]),
        np.concatenate([[1.0], curve.probabilities]),
        np.concatenate([[1.0], band.low.probabilities]),
        np.concatenate([[1.0], band.high.probabilities]),
    )
