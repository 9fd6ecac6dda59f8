"""Arms: where their mean rewards come from, and what a pull pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

N_ARMS = 10
WALK_STEP = 0.01  # standard deviation of a mean's step (Sutton & Barto, 2018, exercise 2.5)

AUER_11 = (0.9, *9 * (0.6,))  # of Auer, Cesa-Bianchi & Fischer (2002), section 4


@dataclass(frozen=True, slots=True)
class Arms:
    """A kind of problem; every run draws one of its own.

    Attributes:
        name: of the kind.
        described: for the line below a figure's title.
        prior: of the mean rewards: "normal" is N(centre, 1), "uniform" is U(0, 1), and "equal" has
            all at `centre`; or the means themselves, the same in every run.
        rewards: "gaussian", the mean plus noise of variance 1, or "bernoulli": 1 with the mean as
            its probability, else 0.
        centre: of the normal prior.
        walk: standard deviation of the independent step that each mean takes after every pull.
        burst: (m, n, by): the last arm's mean is higher by so much from the pull after the m-th to
            the n-th.
    """

    name: str
    described: str
    prior: Literal["normal", "uniform", "equal"] | tuple[float, ...] = "normal"
    rewards: Literal["gaussian", "bernoulli"] = "gaussian"
    centre: float = 0.0
    walk: float = 0.0
    burst: tuple[int, int, float] = (0, 0, 0.0)

    @property
    def n(self) -> int:
        """How many arms there are."""
        return len(self.prior) if isinstance(self.prior, tuple) else N_ARMS

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Return the mean rewards of a new problem, (A,) float64."""
        if isinstance(self.prior, tuple):
            return np.array(self.prior)
        if self.prior == "uniform":
            return rng.random(self.n)
        if self.prior == "equal":
            return np.full(self.n, self.centre)
        return self.centre + rng.standard_normal(self.n)


GAUSSIAN = Arms("gaussian", "10 arms, q* from N(0, 1), rewards N(q*, 1)")
SHIFTED = Arms("gaussian-4", "10 arms, q* from N(4, 1), rewards N(q*, 1)", centre=4.0)
BERNOULLI = Arms("bernoulli", "10 arms, q* from U(0, 1), rewards 0 or 1", "uniform", "bernoulli")
WALK = Arms("walk", "10 arms, every q* walks by N(0, 0.01²) a step", "equal", walk=WALK_STEP)
SWITCH = Arms(
    "switch", "arms pay with 0.5, 0.3 and 0.4, the last with 0.9 from step 3,001 to 5,000",
    (0.5, 0.3, 0.4), "bernoulli", burst=(3_000, 5_000, 0.5),
)  # fmt: skip
FIXED = Arms("fixed", "one arm pays with 0.9, nine with 0.6", AUER_11, "bernoulli")

ARMS = {arms.name: arms for arms in (GAUSSIAN, BERNOULLI, WALK, SWITCH)}
