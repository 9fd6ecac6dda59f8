"""Draws from Beta distributions as log-odds ln(x / (1 - x)), many at once.

Two draws of Beta(0.01, 0.01) are often both 1.0 as floating-point numbers, and which one is
larger is lost; their log-odds always differ. The order is the same, and that is all that
choosing the largest draw needs.
"""

from __future__ import annotations

import math

import numpy as np

from compiling.compiled import compiled

ONE_IN, SPARE = 8, 12  # of so many tries one may fail, and some more


def draw(rng: np.random.Generator, shapes: np.ndarray) -> np.ndarray:
    """Return one log-odds of Beta(shapes[0, i], shapes[1, i]) for each i, (A,); shapes (2, A).

    If G and H are Gamma(alpha) and Gamma(beta) then G / (G + H) is Beta(alpha, beta), and its
    log-odds are ln G - ln H.
    """
    n_gammas = shapes.size
    log_odds = np.empty(n_gammas // 2)
    # A try fails with probability below 0.05. Should the tries run out nevertheless, all start
    # afresh: how many tries a draw took tells nothing about its value.
    tries = n_gammas + n_gammas // ONE_IN + SPARE
    while not fill(
        shapes, rng.standard_normal(tries), rng.standard_exponential(n_gammas + tries), log_odds
    ):
        pass
    return log_odds


@compiled
def fill(
    shapes: np.ndarray, normals: np.ndarray, exponentials: np.ndarray, log_odds: np.ndarray
) -> bool:
    """Fill `log_odds` (A,) from random numbers; False when there were too few.

    Marsaglia & Tsang (2000): with d = k - 1/3, x normal and v = (1 + x / sqrt(9 d))^3, the
    product d v is Gamma(k) for k >= 1 if ln u < x^2/2 + d - d v + d ln v; -ln u is standard
    exponential. Gamma(k) for any k > 0 is Gamma(k + 1) u^(1/k). Their squeeze saves most of the
    logarithms: u < 1 - 0.0331 x^4 is enough, and that holds if -ln u > y / (1 - y), y = 0.0331 x^4,
    which needs y < 1. It needs no test of v: v <= 0 makes x^2 >= 9 d >= 6, and y > 1.
    """
    log_odds[:] = 0.0
    boost, attempt = 0, 0  # exponentials: first one for each gamma, then one for each attempt
    for row, sign in ((0, 1.0), (1, -1.0)):
        for arm in range(len(log_odds)):
            shape = shapes[row, arm]
            d = shape + 1.0 - 1.0 / 3.0
            while True:
                if attempt == len(normals):
                    return False
                x, minus_log_u = normals[attempt], exponentials[shapes.size + attempt]
                attempt += 1
                v = (1.0 + x / math.sqrt(9.0 * d)) ** 3
                y = 0.0331 * x * x * x * x
                if minus_log_u * (1.0 - y) > y:
                    break
                if v > 0.0 and -minus_log_u < x * x / 2.0 + d - d * v + d * math.log(v):
                    break
            log_odds[arm] += sign * (math.log(d * v) - exponentials[boost] / shape)
            boost += 1
    return True
