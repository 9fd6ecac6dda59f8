"""Where simulated games come from: the games of two runs, and a lognormal distribution.

The games that an agent played while it was trained serve as all the games that there are; a sample
of them, drawn with replacement, is an experiment, and here the truth is known. They are kept in
`games.npz`, apart from the runs that ship, so that what is said of intervals stays comparable when
agents learn anew: 4,008 games of a `ppo`, whose first 320 a `monk` has played as well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from scipy import stats

GAMES = Path(__file__).with_name("games.npz")
NAMES = ("points", "progression", "lognormal")
SUCCESSES = {"success in 5 of 100": 0.05, "success in 20 of 100": 0.2, "success in 50 of 100": 0.5}


@cache
def population(name: str) -> np.ndarray:
    """All the games that there are, one of `NAMES` or of `SUCCESSES`: (games,)."""
    if name in SUCCESSES:
        return (np.arange(100) < 100 * SUCCESSES[name]).astype(float)
    if name == "lognormal":  # 100,001 quantiles of exp(a standard normal variable)
        return np.exp(stats.norm.ppf((np.arange(100_001) + 0.5) / 100_001))
    return _games("ppo")[name]


@cache
def standardised(name: str) -> np.ndarray:
    """Return a population with mean 0 and variance 1."""
    games = population(name)
    return (games - games.mean()) / games.std()


@cache
def pairs(metric: str) -> np.ndarray:
    """Return the same games by two agents, `ppo` and `monk`: (2, games)."""
    ours, theirs = _games("ppo"), _games("monk")
    _, a, b = np.intersect1d(ours["seed"], theirs["seed"], return_indices=True)
    return np.stack([ours[metric][a], theirs[metric][b]])


@cache
def _games(name: str) -> np.ndarray:
    """Return the games of a run: (games,), with the fields seed, points and progression."""
    with np.load(GAMES, allow_pickle=False) as runs:
        return runs[name]
