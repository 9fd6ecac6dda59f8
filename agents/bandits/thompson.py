"""Thompson sampling: choose an arm as often as it is believed to be the best one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import special

from agents.bandits import beta_log_odds
from agents.bandits.base import Bandit, argmax
from agents.bandits.best_arm import beta_best, gaussian_best
from agents.settings import Settings, setting

CREDIBLE = 0.9  # posterior probability that the mean lies within `bounds`
SMALLEST = 1e-6  # of alpha and beta; far below it, draws and integrals leave floating point


@dataclass(frozen=True)
class ThompsonSettings(Settings):
    """Settings of Thompson sampling; the defaults suit rewards in [0, 1]."""

    alpha: float = setting(1.0, "the prior's successes, for a beta posterior", low=SMALLEST)
    beta: float = setting(1.0, "the prior's failures, for a beta posterior", low=SMALLEST)
    posterior: Literal["beta", "gaussian"] = setting("beta", "the family of the posteriors")
    prior_mean: float = setting(0.5, "the prior's mean, for a gaussian posterior")
    prior_variance: float = setting(
        0.25, "the prior's variance, for a gaussian posterior", low=0, open_below=True
    )
    noise_variance: float = setting(
        0.25, "the variance of rewards about their mean, for a gaussian posterior",
        low=0, open_below=True,
    )  # fmt: skip


class Thompson(Bandit):
    """Draws a mean reward for each arm from its posterior, and takes the arm of the largest draw.

    (Thompson, 1933.) So P(A_t = a) is the posterior probability that a is the best arm.

    posterior="beta": an arm succeeds with an unknown probability, a priori Beta(alpha, beta).
    A reward r in [0, 1] counts as a success with probability r (Agrawal & Goyal, 2012), and

        success: alpha(a) <- alpha(a) + 1        failure: beta(a) <- beta(a) + 1

    posterior="gaussian": rewards are an unknown mean plus noise of variance `noise_variance`,
    and the mean is a priori N(prior_mean, prior_variance). Precisions (1 / variance) add:

        1/v' = 1/v + 1/noise_variance        m' = v' (m / v + r / noise_variance)

    The variance of rewards in [0, 1] is at most 1/4.

    `parameters` (C, 2, A) float64 are alpha and beta, or mean and variance, of each posterior.
    """

    name = "thompson"
    settings_type = ThompsonSettings
    settings: ThompsonSettings

    def prepare(self) -> None:
        """Make the posteriors, all equal to the prior."""
        super().prepare()
        s = self.settings
        self.posterior = s.posterior
        beta = s.posterior == "beta"
        prior = (s.alpha, s.beta) if beta else (s.prior_mean, s.prior_variance)
        self.parameters = np.empty((self.n_contexts, 2, self.n_arms))
        self.parameters[...] = np.array(prior)[:, None]

    def arrays(self) -> dict[str, np.ndarray]:
        """Return counts and values, and the posteriors."""
        return super().arrays() | {"parameters": self.parameters}

    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return the legal arm of the largest draw."""
        arms = self.legal_arms(legal)
        parameters = self.parameters[self.row(context)]
        if self.posterior == "beta":
            draws = beta_log_odds.draw(self.rng, parameters)
        else:
            mean, variance = parameters
            draws = mean + np.sqrt(variance) * self.rng.standard_normal(self.n_arms)
        return argmax(draws.tolist(), arms)[0]  # ties have probability zero

    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return P(a has the largest draw of the legal arms), integrated to 1e-8, (A,)."""
        arms = self.legal_arms(legal)
        parameters = self.parameters[self.row(context)][:, arms]
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = _best(self.posterior, parameters.tobytes())
        return probabilities

    def update(
        self, arm: int, reward: float, context: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """Apply Bayes' rule to one reward; with Beta posteriors it must lie in [0, 1]."""
        if self.posterior == "beta" and not 0 <= reward <= 1:
            raise ValueError(f"reward must lie in [0, 1] for Beta posteriors, got {reward}")
        super().update(arm, reward, context)
        parameters = self.parameters[context]
        if self.posterior == "beta":
            success = self.rng.random() < reward
            parameters[0 if success else 1, arm] += 1
            return
        mean, variance = parameters.item(0, arm), parameters.item(1, arm)
        noise = self.settings.noise_variance
        new_variance = 1 / (1 / variance + 1 / noise)
        parameters[0, arm] = new_variance * (mean / variance + reward / noise)
        parameters[1, arm] = new_variance

    def estimates(self, context: int = 0) -> np.ndarray:
        """Return the posterior means, (A,) float64."""
        first, second = self.parameters[self.row(context)]
        return first / (first + second) if self.posterior == "beta" else first.copy()

    def estimates_of(self, arm: int) -> np.ndarray:
        """Return the posterior mean of one arm in each context, (C,) float64."""
        first, second = self.parameters[:, :, arm].T
        return first / (first + second) if self.posterior == "beta" else first

    def bounds(self, context: int = 0) -> np.ndarray:
        """Return the `CREDIBLE` interval of each posterior, (2, A) float64."""
        return _interval(self.posterior, self.parameters[self.row(context)].tobytes()).copy()

    def density(self, x: np.ndarray, context: int = 0) -> np.ndarray:
        """Return each arm's posterior density of its mean reward at `x` (K,), (A, K) float64."""
        first, second = self.parameters[self.row(context)][:, :, None]
        if self.posterior == "beta":
            log_density = special.xlogy(first - 1, x) + special.xlog1py(second - 1, -x)
            return np.asarray(np.exp(log_density - special.betaln(first, second)))
        standard = (x - first) / np.sqrt(second)
        return np.asarray(np.exp(-(standard**2) / 2) / np.sqrt(2 * np.pi * second))


# Both take far longer than all the rest, and are asked the same again and again.
@lru_cache(maxsize=1024)
def _best(posterior: str, parameters: bytes) -> np.ndarray:
    """Return the probabilities (n,) of the n arms whose (2, n) parameters these are."""
    first, second = np.frombuffer(parameters).reshape(2, -1)
    return beta_best(first, second) if posterior == "beta" else gaussian_best(first, second)


@lru_cache(maxsize=1024)
def _interval(posterior: str, parameters: bytes) -> np.ndarray:
    """Return the credible intervals (2, n) of such arms."""
    first, second = np.frombuffer(parameters).reshape(2, -1)
    tails = np.array([[(1 - CREDIBLE) / 2], [(1 + CREDIBLE) / 2]])
    if posterior == "beta":
        return np.asarray(special.betaincinv(first, second, tails))
    return np.asarray(first + np.sqrt(second) * special.ndtri(tails))
