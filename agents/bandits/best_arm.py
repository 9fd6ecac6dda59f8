"""The probability that an arm's draw is the largest: P(i) = int f_i(z) prod_{j != i} F_j(z) dz.

This is the exact distribution of Thompson sampling's next choice, for Beta posteriors (on the
log-odds scale z = ln(x / (1 - x)), where their density is smooth for every alpha and beta),
for Gaussian and for Student-t ones (z = x).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

Function = Callable[[np.ndarray], np.ndarray]

# Tail probabilities whose quantiles cut the line into pieces on which every density is tame.
TAILS = np.array([1e-17, 1e-13, 1e-10, 1e-7, 1e-5, 1e-3, 0.02, 0.15, 0.5])
HEAVY_TAILS = np.append(0.5 / 3.0 ** np.arange(23), 0.3)  # the same for powers of x, to 1.6e-11
NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)  # on [-1, 1]
BENDS = np.array([-20.0, -9.0, -4.0, -1.5, 0.0, 1.5, 4.0, 9.0, 20.0])  # log-odds
ROOT_2_PI = np.sqrt(2 * np.pi)
FAR = 60.0  # log-odds beyond which the leading term of a Beta tail is exact to rounding


def beta_best(alpha: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """Return P(arm i has the largest draw), (n,) float64: posteriors Beta(alpha[i], beta[i])."""
    a, b = alpha[:, None], beta[:, None]
    log_norm = special.betaln(a, b)

    def density(z: np.ndarray) -> np.ndarray:
        return np.exp(a * special.log_expit(z) + b * special.log_expit(-z) - log_norm)

    def cdf(z: np.ndarray) -> np.ndarray:
        # The nearer tail first: its argument is small and keeps all its digits.
        near, far = np.where(z < 0, a, b), np.where(z < 0, b, a)
        distance = np.abs(z)
        tail = special.betainc(near, far, special.expit(-distance))
        log_leading = -near * distance - np.log(near) - log_norm
        tail = np.where(distance > FAR, np.exp(np.minimum(log_leading, 0.0)), tail)
        return np.where(z < 0, tail, 1.0 - tail)

    lower, upper = _log_odds_quantiles(a, b), -_log_odds_quantiles(b, a)
    # A density that falls slowly, like e^(az) with a < 1, may bend sharply between two of
    # its quantiles: where x or 1 - x stops being negligible.
    bends = np.hstack([-np.log1p(b) + BENDS, np.log1p(a) + BENDS])
    bends = np.where(np.minimum(a, b) < 1, bends, lower[:, -1:])
    bends = np.clip(bends, lower[:, :1], upper[:, :1])
    return _probability_of_largest(density, cdf, np.hstack([lower, upper, bends]))


def gaussian_best(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Return P(arm i has the largest draw), (n,) float64: posteriors N(mean[i], variance[i])."""
    mean, deviation = mean[:, None], np.sqrt(variance)[:, None]

    def density(z: np.ndarray) -> np.ndarray:
        return np.exp(-(((z - mean) / deviation) ** 2) / 2) / (deviation * ROOT_2_PI)

    def cdf(z: np.ndarray) -> np.ndarray:
        return special.ndtr((z - mean) / deviation)

    spread = deviation * special.ndtri(TAILS)
    return _probability_of_largest(density, cdf, np.hstack([mean + spread, mean - spread]))


def student_best(location: np.ndarray, scale: np.ndarray, nu: np.ndarray) -> np.ndarray:
    """Return P(arm i has the largest draw), (n,) float64.

    The posteriors are location[i] + scale[i] T with T of Student's t-distribution, nu[i] >= 1
    degrees of freedom.
    """
    m, s, nu = location[:, None], scale[:, None], nu[:, None]

    def density(z: np.ndarray) -> np.ndarray:
        return student_density((z - m) / s, nu) / s

    def cdf(z: np.ndarray) -> np.ndarray:
        return np.asarray(special.stdtr(nu, (z - m) / s))

    spread = s * special.stdtrit(nu, HEAVY_TAILS)
    return _probability_of_largest(density, cdf, np.hstack([m + spread, m - spread]))


def student_density(t: np.ndarray, nu: np.ndarray) -> np.ndarray:
    """Return Γ((ν+1)/2) / (Γ(ν/2) √(νπ)) (1 + t²/ν)^(-(ν+1)/2), of arrays that broadcast."""
    log_norm = special.betaln(nu / 2, 0.5) + np.log(nu) / 2  # B(ν/2, 1/2) √ν
    return np.asarray(np.exp(-(nu + 1) / 2 * np.log1p(t * t / nu) - log_norm))


def _probability_of_largest(density: Function, cdf: Function, quantiles: np.ndarray) -> np.ndarray:
    """Integrates by Gauss-Legendre between all quantiles (n, K); functions map (Z,) to (n, Z).

    Below the highest of the lowest quantiles some arm is almost surely larger, and above the
    highest quantile no arm is: the integral stops there.
    """
    edges = np.unique(quantiles)
    edges = edges[edges >= quantiles.min(axis=1).max()]
    middles, halves = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    z = (middles[:, None] + halves[:, None] * NODES).ravel()
    weights = (halves[:, None] * WEIGHTS).ravel()
    pdfs, cdfs = density(z), cdf(z)
    others = [np.delete(cdfs, arm, axis=0).prod(axis=0) for arm in range(len(cdfs))]
    best = (pdfs * np.array(others)) @ weights
    return best / best.sum()  # the sum is 1 but for rounding and the tails cut off


def _log_odds_quantiles(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return (n, len(TAILS)): log-odds at the lower TAILS of Beta(a, b), a and b (n, 1).

    Where x or 1 - x would underflow, from the leading terms x^a / (a B(a, b)) of the lower
    tail and (1 - x)^b / (b B(a, b)) of the upper one.
    """
    x, y = special.betaincinv(a, b, TAILS), special.betainccinv(b, a, TAILS)
    low = (np.log(TAILS) + np.log(a) + special.betaln(a, b)) / a
    high = -(np.log1p(-TAILS) + np.log(b) + special.betaln(a, b)) / b
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.log(x) - np.log(y)
    middle = np.where(np.isfinite(middle), middle, low)  # some inverses of 1e-17 fail
    return np.where(low < -FAR, low, np.where(high > FAR, high, middle))
