"""What was gained by taking another action than the order's, by action and context."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PRIOR_DECISIONS = 10  # what the order's action tells of the noise, beside a cell's own decisions


@dataclass(frozen=True)
class Sums:
    """Of some decisions' advantages, by cell: (C, A, A) float64, or fewer cells."""

    count: np.ndarray
    total: np.ndarray
    squares: np.ndarray

    @classmethod
    def zeros(cls, *shape: int) -> Sums:
        """Return those of no decisions."""
        return cls(*(np.zeros(shape) for _ in range(3)))

    def add(self, cells: tuple[np.ndarray, ...], advantages: np.ndarray) -> None:
        """Take in decisions, (T,): which cell each belongs to, and their advantages."""
        np.add.at(self.count, cells, 1)
        np.add.at(self.total, cells, advantages)
        np.add.at(self.squares, cells, advantages**2)

    def of_others(self) -> Sums:
        """Return the sums over all other contexts."""
        count, total, squares = (x.sum(axis=0) - x for x in vars(self).values())
        return Sums(count, total, np.maximum(squares, 0))

    def mean(self, spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return each cell's mean and the square of its error, infinite without decisions.

        Args:
            spread: the deviation that a cell is taken to have as far as its own can't tell.
        """
        n = np.maximum(self.count, 1)
        mean = self.total / n
        within = np.maximum(self.squares - self.count * mean**2, 0)
        variance = (within + PRIOR_DECISIONS * spread**2) / (self.count + PRIOR_DECISIONS)
        return mean, np.where(self.count > 0, variance / n, np.inf)


class Ledger:
    """Advantages by context c, the action f that the order has there, and another legal one, a.

    The gain of a over f is θ_cfa = E[A | c, a legal, a taken] - E[A | c, a legal, f taken]: of
    states where a is legal only, since these may be better or worse than others. It is told by a
    Bayesian hierarchy of two levels, s_f being the deviation of A where f was taken:

        θ_cfa ~ N(μ_fa, (context_spread · s_f)²)        μ_fa ~ N(0, (spread · s_f)²)

    μ_fa is learned from all other contexts, θ_cfa from its own as well: where a context has few
    decisions it is told what the others tell. (The other contexts are taken together, as if they
    differed by noise alone.)

    Args:
        n_contexts, n_actions: C, A.

    Attributes:
        taken: of decisions where a was taken instead of f.
        kept: of decisions where f was taken though a was legal.
    """

    def __init__(self, n_contexts: int, n_actions: int) -> None:
        shape = (n_contexts, n_actions, n_actions)
        self.taken, self.kept = Sums.zeros(*shape), Sums.zeros(*shape)

    def add(
        self,
        contexts: np.ndarray,
        firsts: np.ndarray,
        actions: np.ndarray,
        legal: np.ndarray,
        advantages: np.ndarray,
    ) -> None:
        """Take in decisions: (T,) each, and (T, A) legal masks."""
        left = actions != firsts
        self.taken.add((contexts[left], firsts[left], actions[left]), advantages[left])
        kept, other = np.nonzero(legal & ~left[:, None])
        self.kept.add((contexts[kept], firsts[kept], other), advantages[kept])

    def gains(self, spread: float, context_spread: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the posterior mean and standard deviation of θ, (C, A, A); 0 where a is f."""
        s = self._deviation()[:, None]
        others = _difference(self.taken.of_others(), self.kept.of_others(), s)
        prior, variance = _combine(np.zeros(()), (spread * s) ** 2, *others)
        own = _difference(self.taken, self.kept, s)
        mean, variance = _combine(prior, variance + (context_spread * s) ** 2, *own)
        same = np.eye(mean.shape[1], dtype=bool)
        return np.where(same, 0.0, mean), np.where(same, 0.0, np.sqrt(variance))

    def _deviation(self) -> np.ndarray:
        """Return s_f, (A,), of decisions where the order's action f was taken; 0 without any."""
        count, total, squares = (
            np.diagonal(x.sum(axis=0))
            for x in (self.kept.count, self.kept.total, self.kept.squares)
        )
        n = np.maximum(count, 1)
        return np.sqrt(np.maximum(squares / n - (total / n) ** 2, 0))

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds."""
        return {
            f"{name}.{key}": array
            for name, sums in (("taken", self.taken), ("kept", self.kept))
            for key, array in vars(sums).items()
        }


def _difference(taken: Sums, kept: Sums, spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the differences of means and the squares of their errors."""
    (mean, error), (kept_mean, kept_error) = taken.mean(spread), kept.mean(spread)
    return mean - kept_mean, error + kept_error


def _combine(
    prior: np.ndarray, prior_variance: np.ndarray, told: np.ndarray, error: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the posterior N(mean, variance) of a normal prior and an observation with an error."""
    whole = prior_variance + error
    trust = np.divide(prior_variance, whole, out=np.zeros_like(whole), where=whole > 0)
    return prior + trust * (told - prior), prior_variance * (1 - trust)
