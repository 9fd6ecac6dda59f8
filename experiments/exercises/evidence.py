"""Lesson (f): did it learn?"""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import norm

from experiments.exercises.question import Answer, Question, Wrong, same

SAMPLES, GAMES = 400, 30
SPREAD = 1.0  # σ of the lognormal that games' scores are drawn from
PROMISED, WIDEST = 0.91, 1.6  # covered at least; and so many times the width of Student's interval


def interval(scores: np.ndarray, rng: np.random.Generator) -> tuple[float, float]:
    """Return an interval, low and high, that holds the mean score 95 % of the time.

    scores (n,) are those of n games, most of them low and a few very high, as NetHack's are. It is
    tried on 400 samples of 30 games; at least 91 % of your intervals must hold the true mean (the
    percentile bootstrap's do not), and they may be 1.6 times as wide as Student's on average.
    """
    raise NotImplementedError


def holm(p_values: np.ndarray, level: float) -> np.ndarray:
    """Return which of several comparisons stand, (m,) bool, by Holm's method (1979).

    Sorted from the smallest, the i-th of m p-values (i from 1) is compared with
    level / (m − i + 1), until one is above it: that one and all larger ones do not stand.
    """
    raise NotImplementedError


def _check_interval(answer: Answer, rng: np.random.Generator) -> None:
    truth = math.exp(SPREAD**2 / 2)
    held, width, usual = 0, 0.0, 0.0
    for _ in range(SAMPLES):
        scores = rng.lognormal(sigma=SPREAD, size=GAMES)
        low, high = map(float, answer(scores.copy(), rng))
        held += low <= truth <= high
        width += high - low
        usual += 2 * norm.ppf(0.975) * scores.std(ddof=1) / math.sqrt(GAMES)
    if not width <= WIDEST * usual:
        raise Wrong(f"{width / usual:.2f} times as wide as Student's; at most {WIDEST} is allowed")
    if held < PROMISED * SAMPLES:
        raise Wrong(f"{held / SAMPLES:.0%} of the intervals hold the true mean, not {PROMISED:.0%}")


def _check_holm(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(100):
        p = (rng.random(5) ** 3 / 4).round(4)
        order = p.argsort()
        stands = np.zeros(5, dtype=bool)
        stands[order] = np.cumprod(p[order] <= 0.05 / np.arange(5, 0, -1)).astype(bool)
        same(answer(p.copy(), 0.05), stands, f"p-values {p}")


QUESTIONS = (Question(interval, _check_interval), Question(holm, _check_holm))
