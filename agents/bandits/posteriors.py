"""What Thompson sampling believes of its arms' mean rewards: three families of posteriors.

A family is a row of functions of `parameters` (P, n), a column for each arm; what P numbers
describe a posterior, the family says itself.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

import numpy as np
from scipy import special

from agents.bandits import beta_log_odds
from agents.bandits.best_arm import beta_best, gaussian_best, student_best, student_density

PosteriorName = Literal["beta", "gaussian", "student_t"]


class Posterior(Protocol):
    """A family of posteriors; `settings` are those of Thompson sampling."""

    def prior(self, settings: Any) -> np.ndarray:
        """Return the parameters (P,) before the first reward."""
        ...

    def draw(self, p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return a draw for each arm, (n,), on a scale that keeps their order."""
        ...

    def learn(self, p: np.ndarray, reward: float, settings: Any, rng: np.random.Generator) -> None:
        """Apply Bayes' rule to the parameters (P,) of one arm, in place."""
        ...

    def best(self, p: np.ndarray) -> np.ndarray:
        """Return P(the arm has the largest draw), (n,)."""
        ...

    def mean(self, p: np.ndarray) -> np.ndarray:
        """Return the posterior means, (n,)."""
        ...

    def quantiles(self, p: np.ndarray, tails: np.ndarray) -> np.ndarray:
        """Return where the lower tails (K, 1) end, (K, n)."""
        ...

    def density(self, p: np.ndarray, x: np.ndarray) -> np.ndarray:
        """Return the densities at x (K,), (n, K)."""
        ...


class Beta:
    """Parameters alpha, beta: an arm succeeds with an unknown probability ~ Beta(alpha, beta).

    A reward r in [0, 1] counts as a success with probability r (Agrawal & Goyal, 2012), and

        success: alpha <- alpha + 1        failure: beta <- beta + 1
    """

    def prior(self, settings: Any) -> np.ndarray:
        """See `Posterior`."""
        return np.array([settings.alpha, settings.beta])

    def draw(self, p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """See `Posterior`; as log-odds."""
        return beta_log_odds.draw(rng, p)

    def learn(self, p: np.ndarray, reward: float, settings: Any, rng: np.random.Generator) -> None:
        """See `Posterior`."""
        p[0 if rng.random() < reward else 1] += 1

    def best(self, p: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return beta_best(*p)

    def mean(self, p: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return np.asarray(p[0] / (p[0] + p[1]))

    def quantiles(self, p: np.ndarray, tails: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return np.asarray(special.betaincinv(*p, tails))

    def density(self, p: np.ndarray, x: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        a, b = p[:, :, None]
        log_density = special.xlogy(a - 1, x) + special.xlog1py(b - 1, -x)
        return np.asarray(np.exp(log_density - special.betaln(a, b)))


class Gaussian:
    """Parameters m, v: rewards are a mean ~ N(m, v) plus noise of the variance `noise_variance`.

    Precisions (1 / variance) add:

        1/v' = 1/v + 1/noise_variance        m' = v' (m / v + r / noise_variance)
    """

    def prior(self, settings: Any) -> np.ndarray:
        """See `Posterior`."""
        return np.array([settings.prior_mean, settings.prior_variance])

    def draw(self, p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """See `Posterior`."""
        return np.asarray(p[0] + np.sqrt(p[1]) * rng.standard_normal(p.shape[1]))

    def learn(self, p: np.ndarray, reward: float, settings: Any, rng: np.random.Generator) -> None:
        """See `Posterior`."""
        mean, variance = p.tolist()
        noise = settings.noise_variance
        new_variance = 1 / (1 / variance + 1 / noise)
        p[:] = new_variance * (mean / variance + reward / noise), new_variance

    def best(self, p: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return gaussian_best(*p)

    def mean(self, p: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return p[0].copy()

    def quantiles(self, p: np.ndarray, tails: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return np.asarray(p[0] + np.sqrt(p[1]) * special.ndtri(tails))

    def density(self, p: np.ndarray, x: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        mean, variance = p[:, :, None]
        standard = (x - mean) / np.sqrt(variance)
        return np.asarray(np.exp(-(standard**2) / 2) / np.sqrt(2 * np.pi * variance))


class StudentT:
    """Parameters m, κ, ν, S: Gaussian rewards whose noise variance σ² is unknown too.

    With μ | σ² ~ N(m, σ²/κ) and σ² ~ Inv-χ²(ν, S/ν), the conjugate prior (Gelman et al., 2013,
    section 3.3; also called normal-inverse-gamma, with a = ν/2 and b = S/2), a reward r gives

        κ' = κ + 1     ν' = ν + 1     m' = m + (r - m)/κ'     S' = S + κ/κ' (r - m)²

    and μ alone has Student's t-distribution: (μ - m) / √(S/(νκ)) ~ t_ν.

    A priori m is `prior_mean`, κ = noise_variance / prior_variance, and S/ν is `noise_variance`,
    which counts as much as ν = `noise_weight` rewards seen.
    """

    def prior(self, settings: Any) -> np.ndarray:
        """See `Posterior`."""
        kappa = settings.noise_variance / settings.prior_variance
        weight = settings.noise_weight
        return np.array([settings.prior_mean, kappa, weight, weight * settings.noise_variance])

    def draw(self, p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """See `Posterior`."""
        return np.asarray(p[0] + self.scale(p) * rng.standard_t(p[2]))

    def learn(self, p: np.ndarray, reward: float, settings: Any, rng: np.random.Generator) -> None:
        """See `Posterior`."""
        mean, kappa, nu, squares = p.tolist()
        error = reward - mean
        squares += kappa / (kappa + 1) * error**2
        p[:] = mean + error / (kappa + 1), kappa + 1, nu + 1, squares

    def best(self, p: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return student_best(p[0], self.scale(p), p[2])

    def mean(self, p: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return p[0].copy()

    def quantiles(self, p: np.ndarray, tails: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        return np.asarray(p[0] + self.scale(p) * special.stdtrit(p[2], tails))

    def density(self, p: np.ndarray, x: np.ndarray) -> np.ndarray:
        """See `Posterior`."""
        mean, nu, scale = p[0][:, None], p[2][:, None], self.scale(p)[:, None]
        return student_density((x - mean) / scale, nu) / scale

    def scale(self, p: np.ndarray) -> np.ndarray:
        """Return √(S/(νκ)), (n,): what a draw of t_ν is multiplied by."""
        return np.asarray(np.sqrt(p[3] / (p[2] * p[1])))


POSTERIORS: dict[str, Posterior] = {
    "beta": Beta(), "gaussian": Gaussian(), "student_t": StudentT(),
}  # fmt: skip
