"""From the returns of every action to a better policy, and a memory of such policies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from agents.policy_gradient.batches import even_batches


def certainty(returns: np.ndarray) -> float:
    """How much of the differences between the actions' mean returns is more than noise, 0 to 1.

    With one-way analysis of variance, F = mean square between actions / mean square within them.
    The noise makes up 1/F of what the means differ by, so max(0, 1 - 1/F) is what to shrink them
    by towards their common mean: an empirical Bayes estimate in the manner of Efron & Morris
    (1973); James & Stein's has (k - 3) / (k - 1) before 1/F.

    Args:
        returns: (k, n) of k ≥ 2 actions, n ≥ 2 futures of each.
    """
    k, n = returns.shape
    means = returns.mean(axis=1)
    between = n * means.var(ddof=1)
    within = ((returns - means[:, None]) ** 2).sum() / (k * (n - 1))
    return float(max(0.0, 1 - within / between)) if between > 0 else 0.0


def improved(
    policy: np.ndarray, returns: np.ndarray, temperature: float
) -> tuple[np.ndarray, dict[str, float]]:
    """Return q(a) ∝ π(a) exp(c Â(a) / τ), with c the `certainty` of the advantages.

    Of all policies it has the greatest expected advantage minus τ KL(q || π) (Abdolmaleki et al.,
    2018, MPO). Where the returns tell nothing, c is 0 and q = π: there is nothing to learn.

    Args:
        policy: (A,) π, 0 on illegal actions.
        returns: (A, n) in the units of τ, NaN on illegal actions.
        temperature: τ > 0; the smaller, the nearer q is to the best action alone.

    Returns:
        q, (A,), and metrics: `certainty`, and `gain`, the advantage expected of q over π.
    """
    legal = np.isfinite(returns).all(axis=1)
    means = np.where(legal, returns.mean(axis=1), 0.0)
    sure = certainty(returns[legal])
    advantage = np.where(legal, sure * (means - policy @ means), -np.inf)
    best = advantage[policy > 0].max()  # where the policy is 0, by underflow too, it stays so
    weights = policy * np.exp((advantage - best).clip(max=0) / temperature)
    better = weights / weights.sum()
    gain = float(better[legal] @ advantage[legal])
    return better, {"lesson_certainty": sure, "lesson_gain": gain}


class LessonMemory:
    """The last lessons: states and the better policies found there; the oldest is overwritten.

    Attributes:
        features: (M, F) float32.
        targets: (M, A) float64, all 0 in a row that is still free.
        legal: (M, A) bool.
        count: (1,) int64, lessons ever taken in.
    """

    def __init__(self, size: int, n_features: int, n_actions: int) -> None:
        self.features = np.zeros((size, n_features), np.float32)
        self.targets = np.zeros((size, n_actions))
        self.legal = np.ones((size, n_actions), np.bool_)
        self.count = np.zeros(1, np.int64)

    def __len__(self) -> int:
        return int(min(self.count[0], len(self.features)))

    def add(self, features: np.ndarray, target: np.ndarray, legal: np.ndarray) -> None:
        """Take in one lesson: (F,), (A,), (A,)."""
        row = int(self.count[0] % len(self.features))
        self.features[row], self.targets[row], self.legal[row] = features, target, legal
        self.count += 1

    def batches(
        self, epochs: int, size: int | None, rng: np.random.Generator
    ) -> Iterator[np.ndarray]:
        """Yield rows, every one once an epoch, in `even_batches` of at most `size`."""
        for _ in range(epochs if len(self) else 0):
            yield from even_batches(len(self), size, rng)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what a checkpoint holds."""
        names = ("features", "targets", "legal", "count")
        return {name: getattr(self, name) for name in names}
