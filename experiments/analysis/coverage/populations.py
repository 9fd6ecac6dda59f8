"""Where simulated games come from: the games of shipped runs, and a lognormal distribution.

The games that an agent played while it was trained serve as all the games that there are; a sample
of them, drawn with replacement, is an experiment, and here the truth is known.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import stats

from experiments.files import Row
from experiments.rows import read_rows
from experiments.runs.run import SHIPPED

NAMES = ("points", "progression", "lognormal")


@cache
def population(name: str) -> np.ndarray:
    """All the games that there are, one of `NAMES`: (games,)."""
    if name == "lognormal":  # 100,001 quantiles of exp(a standard normal variable)
        return np.exp(stats.norm.ppf((np.arange(100_001) + 0.5) / 100_001))
    return np.array([row[name] for row in _games("ppo")], dtype=float)


@cache
def standardised(name: str) -> np.ndarray:
    """Return a population with mean 0 and variance 1."""
    games = population(name)
    return (games - games.mean()) / games.std()


@cache
def pairs(metric: str) -> np.ndarray:
    """Return the same games by two agents, `ppo` and `monk`: (2, games)."""
    by_seed = [{row["seed"]: row[metric] for row in _games(name)} for name in ("ppo", "monk")]
    common = sorted(by_seed[0].keys() & by_seed[1].keys())
    return np.array([[games[seed] for seed in common] for games in by_seed], dtype=float)


def _games(name: str) -> list[Row]:
    return read_rows(SHIPPED / name / "episodes.jsonl")
