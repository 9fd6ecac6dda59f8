"""Thompson sampling: choose an arm as often as it is believed to be the best one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from agents.bandits.base import Bandit, argmax
from agents.bandits.posteriors import POSTERIORS, PosteriorName
from agents.settings import LARGE, Settings, setting

CREDIBLE = 0.9  # posterior probability that the mean lies within `bounds`
SMALLEST = 1e-6  # of alpha and beta, and of variances; far below, numbers leave floating point


@dataclass(frozen=True)
class ThompsonSettings(Settings):
    """Settings of Thompson sampling; the defaults suit rewards in [0, 1]."""

    alpha: float = setting(
        1.0, "the prior's successes, for a beta posterior", low=SMALLEST, high=LARGE
    )
    beta: float = setting(
        1.0, "the prior's failures, for a beta posterior", low=SMALLEST, high=LARGE
    )
    posterior: PosteriorName | None = setting(
        None,
        "the family of the posteriors; student_t: gaussian rewards whose noise is estimated;"
        " null: beta, or student_t if reward_range is not [0, 1]",
        fixed=True,
    )
    prior_mean: float = setting(
        0.5, "the prior's centre, for a gaussian or student_t posterior", low=-LARGE, high=LARGE
    )
    prior_variance: float = setting(
        0.25, "the prior's variance, for a gaussian posterior; for student_t its scale, squared",
        low=SMALLEST, high=LARGE,
    )  # fmt: skip
    noise_variance: float = setting(
        0.25, "the variance of rewards about their mean; of a student_t posterior the first guess",
        low=SMALLEST, high=LARGE,
    )  # fmt: skip
    noise_weight: float = setting(
        1.0, "rewards that the first guess at the noise counts as much as, for student_t",
        low=1, high=LARGE,
    )  # fmt: skip


class Thompson(Bandit):
    """Draws a mean reward for each arm from its posterior, and takes the arm of the largest draw.

    (Thompson, 1933.) So P(A_t = a) is the posterior probability that a is the best arm. The three
    families of posteriors stand in `posteriors.py`, each with its Bayes' rule:

    - "beta": rewards are 0 or 1; one between counts as 1 that often.
    - "gaussian": rewards have Gaussian noise of the variance `noise_variance`.
    - "student_t": rewards have Gaussian noise of a variance that is estimated, arm by arm.

    As an agent whose `reward_range` is not [0, 1], a bandit is "student_t" unless told otherwise:
    a Beta posterior makes a coin's throw of every reward, whose variance q (1 - q) at a mean of q
    is the most that rewards in [0, 1] can have. Rewards of [-25, 75] with a mean of 0 and a
    deviation of 18.6 then have one of 43: it takes (43 / 18.6)² = 5.4 times as many to know an arm
    as well.

    `parameters` (C, P, A) float64 are those of the posteriors.
    """

    name = "thompson"
    settings_type = ThompsonSettings
    settings: ThompsonSettings

    @classmethod
    def suited(cls, chosen: dict[str, Any], reward_range: tuple[float, float]) -> dict[str, Any]:
        """Return the settings with a posterior that suits such rewards, if none was chosen."""
        if chosen.get("posterior") is not None:
            return chosen
        return chosen | {"posterior": "beta" if tuple(reward_range) == (0, 1) else "student_t"}

    def prepare(self) -> None:
        """Make the posteriors, all equal to the prior."""
        super().prepare()
        self.posterior = self.settings.posterior or "beta"
        self.family = POSTERIORS[self.posterior]
        prior = self.family.prior(self.settings)
        self.parameters = np.empty((self.n_contexts, len(prior), self.n_arms))
        self.parameters[...] = prior[:, None]

    def arrays(self) -> dict[str, np.ndarray]:
        """Return counts and values, and the posteriors."""
        return super().arrays() | {"parameters": self.parameters}

    def select(self, legal: np.ndarray | None = None, context: int = 0) -> int:
        """Return the legal arm of the largest draw."""
        arms = self.legal_arms(legal)
        draws = self.family.draw(self.parameters[self.row(context)], self.rng)
        return argmax(draws.tolist(), arms)[0]  # ties have probability zero

    def action_probabilities(self, legal: np.ndarray | None = None, context: int = 0) -> np.ndarray:
        """Return P(a has the largest draw of the legal arms), integrated to 1e-8, (A,)."""
        arms = self.legal_arms(legal)
        parameters = self.parameters[self.row(context)][:, arms]
        probabilities = np.zeros(self.n_arms)
        probabilities[arms] = _best(self.posterior, parameters.tobytes(), len(arms))
        return probabilities

    def update(
        self, arm: int, reward: float, context: int = 0, *, legal: np.ndarray | None = None
    ) -> None:
        """Apply Bayes' rule to one reward; with Beta posteriors it must lie in [0, 1]."""
        if self.posterior == "beta" and not 0 <= reward <= 1:
            raise ValueError(f"reward must lie in [0, 1] for Beta posteriors, got {reward}")
        super().update(arm, reward, context)
        self.family.learn(self.parameters[context, :, arm], reward, self.settings, self.rng)

    def estimates(self, context: int = 0) -> np.ndarray:
        """Return the posterior means, (A,) float64."""
        return self.family.mean(self.parameters[self.row(context)])

    def estimates_of(self, arm: int) -> np.ndarray:
        """Return the posterior mean of one arm in each context, (C,) float64."""
        return self.family.mean(self.parameters[:, :, arm].T)

    def bounds(self, context: int = 0) -> np.ndarray:
        """Return the `CREDIBLE` interval of each posterior, (2, A) float64."""
        parameters = self.parameters[self.row(context)].tobytes()
        return _interval(self.posterior, parameters, self.n_arms).copy()

    def density(self, x: np.ndarray, context: int = 0) -> np.ndarray:
        """Return each arm's posterior density of its mean reward at `x` (K,), (A, K) float64."""
        return self.family.density(self.parameters[self.row(context)], x)


# Both take far longer than all the rest, and are asked the same again and again.
@lru_cache(maxsize=1024)
def _best(posterior: str, parameters: bytes, n: int) -> np.ndarray:
    """Return the probabilities (n,) of the n arms whose (P, n) parameters these are."""
    return POSTERIORS[posterior].best(np.frombuffer(parameters).reshape(-1, n))


@lru_cache(maxsize=1024)
def _interval(posterior: str, parameters: bytes, n: int) -> np.ndarray:
    """Return the credible intervals (2, n) of such arms."""
    tails = np.array([[(1 - CREDIBLE) / 2], [(1 + CREDIBLE) / 2]])
    return POSTERIORS[posterior].quantiles(np.frombuffer(parameters).reshape(-1, n), tails)
