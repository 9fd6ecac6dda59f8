"""Thompson sampling: choose an arm as often as it is believed to be the best one."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import special

from agents.bandits import beta_log_odds
from agents.bandits.base import Bandit, argmax
from agents.bandits.best_arm import beta_best, gaussian_best
from agents.checks import check_range

CREDIBLE = 0.9  # posterior probability that the mean lies within `bounds`
SMALLEST = 1e-6  # of alpha and beta; far below it, draws and integrals leave floating point


class Thompson(Bandit):
    """Draw a mean reward for each arm from its posterior; take the arm of the largest draw.

    (Thompson, 1933.) So P(A_t = a) is the posterior probability that a is the best arm.

    posterior="beta": an arm succeeds with an unknown probability, a priori Beta(alpha, beta).
    A reward r in [0, 1] counts as a success with probability r (Agrawal & Goyal, 2012), and

        success: alpha(a) <- alpha(a) + 1        failure: beta(a) <- beta(a) + 1

    posterior="gaussian": rewards are an unknown mean plus noise of variance `noise_variance`,
    and the mean is a priori N(prior_mean, prior_variance). Precisions (1 / variance) add:

        1/v' = 1/v + 1/noise_variance        m' = v' (m / v + r / noise_variance)

    The defaults suit rewards in [0, 1], whose variance is at most 1/4.

    `parameters` (S, 2, A) float64 are alpha and beta, or mean and variance, of each posterior.
    """

    name = "thompson"

    def __init__(
        self,
        n_arms: int,
        alpha: float = 1.0,
        beta: float = 1.0,
        posterior: Literal["beta", "gaussian"] = "beta",
        prior_mean: float = 0.5,
        prior_variance: float = 0.25,
        noise_variance: float = 0.25,
        *,
        n_situations: int = 1,
        rng: np.random.Generator | None = None,
    ) -> None:
        super().__init__(n_arms, n_situations=n_situations, rng=rng)
        check_range("alpha", alpha, SMALLEST)
        check_range("beta", beta, SMALLEST)
        check_range("prior_mean", prior_mean)
        check_range("prior_variance", prior_variance, 0, open_below=True)
        check_range("noise_variance", noise_variance, 0, open_below=True)
        if posterior not in ("beta", "gaussian"):
            raise ValueError(f"posterior must be 'beta' or 'gaussian', got {posterior!r}")
        self.posterior = posterior
        self.noise_variance = noise_variance
        prior = (alpha, beta) if posterior == "beta" else (prior_mean, prior_variance)
        self.parameters = np.empty((n_situations, 2, n_arms))
        self.parameters[...] = np.array(prior)[:, None]

    def arrays(self) -> dict[str, np.ndarray]:
        """Counts and values, and the posteriors."""
        return super().arrays() | {"parameters": self.parameters}

    def select(self, legal: np.ndarray | None = None, situation: int = 0) -> int:
        """The legal arm of the largest draw."""
        arms = self.legal_arms(legal)
        parameters = self.parameters[self.row(situation)]
        if self.posterior == "beta":
            draws = beta_log_odds.draw(self.rng, parameters)
        else:
            mean, variance = parameters
            draws = mean + np.sqrt(variance) * self.rng.standard_normal(self.n_arms)
        return argmax(draws.tolist(), arms)[0]  # ties have probability zero

    def action_probabilities(
        self, legal: np.ndarray | None = None, situation: int = 0
    ) -> np.ndarray:
        """P(a has the largest draw of the legal arms), integrated numerically to 1e-8."""
        arms = self.legal_arms(legal)
        parameters = self.parameters[self.row(situation)][:, arms]
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = _best(self.posterior, parameters.tobytes())
        return probabilities

    def update(
        self, arm: int, reward: float, situation: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """Bayes' rule for one reward; with Beta posteriors it must lie in [0, 1]."""
        if self.posterior == "beta" and not 0 <= reward <= 1:
            raise ValueError(f"reward must lie in [0, 1] for Beta posteriors, got {reward}")
        super().update(arm, reward, situation)
        parameters = self.parameters[situation]
        if self.posterior == "beta":
            success = self.rng.random() < reward
            parameters[0 if success else 1, arm] += 1
            return
        mean, variance = parameters.item(0, arm), parameters.item(1, arm)
        new_variance = 1 / (1 / variance + 1 / self.noise_variance)
        parameters[0, arm] = new_variance * (mean / variance + reward / self.noise_variance)
        parameters[1, arm] = new_variance

    def estimates(self, situation: int = 0) -> np.ndarray:
        """(A,) float64: the posterior means."""
        first, second = self.parameters[self.row(situation)]
        return first / (first + second) if self.posterior == "beta" else first.copy()

    def bounds(self, situation: int = 0) -> np.ndarray:
        """(2, A) float64: the `CREDIBLE` interval of each posterior."""
        return _interval(self.posterior, self.parameters[self.row(situation)].tobytes()).copy()

    def density(self, x: np.ndarray, situation: int = 0) -> np.ndarray:
        """(A, len(x)) float64: each arm's posterior density of its mean reward at `x` (K,)."""
        first, second = self.parameters[self.row(situation)][:, :, None]
        if self.posterior == "beta":
            log_density = special.xlogy(first - 1, x) + special.xlog1py(second - 1, -x)
            return np.asarray(np.exp(log_density - special.betaln(first, second)))
        standard = (x - first) / np.sqrt(second)
        return np.asarray(np.exp(-(standard**2) / 2) / np.sqrt(2 * np.pi * second))


# Both take far longer than all the rest, and are asked the same again and again.
@lru_cache(maxsize=1024)
def _best(posterior: str, parameters: bytes) -> np.ndarray:
    """(n,): the probabilities of the n arms whose (2, n) parameters these are."""
    first, second = np.frombuffer(parameters).reshape(2, -1)
    return beta_best(first, second) if posterior == "beta" else gaussian_best(first, second)


@lru_cache(maxsize=1024)
def _interval(posterior: str, parameters: bytes) -> np.ndarray:
    """(2, n): the credible intervals of such arms."""
    first, second = np.frombuffer(parameters).reshape(2, -1)
    tails = np.array([[(1 - CREDIBLE) / 2], [(1 + CREDIBLE) / 2]])
    if posterior == "beta":
        return np.asarray(special.betaincinv(first, second, tails))
    return np.asarray(first + np.sqrt(second) * special.ndtri(tails))
