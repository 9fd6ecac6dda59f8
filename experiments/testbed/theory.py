"""What mathematics says of a bandit problem: exact values, a lower and an upper bound on regret."""

from __future__ import annotations

import math

import numpy as np
from scipy import integrate, special

RANGE = 8.0  # standard deviations beyond which a normal tail is nothing


def expected_maximum_normal(n: int) -> float:
    """E[max of n standard normal numbers] = ∫ x n φ(x) Φ(x)ⁿ⁻¹ dx; 1.5388 for ten."""

    def integrand(x: float) -> float:
        return x * n * _density(x) * float(special.ndtr(x)) ** (n - 1)

    return float(integrate.quad(integrand, -RANGE, RANGE)[0])


def expected_maximum_uniform(n: int) -> float:
    """E[max of n numbers from U(0, 1)] = n / (n + 1)."""
    return n / (n + 1)


def best_looking_value(n: int) -> float:
    """E[q of the arm whose one reward was the largest], q ~ N(0, 1) and noise N(0, 1).

    A reward r is N(0, 2) and E[q | r] = r / 2, so this is E[max of n] √2 / 2; 1.0881 for ten.
    """
    return expected_maximum_normal(n) / math.sqrt(2)


def best_looking_is_best(n: int, cell: float = 0.04) -> float:
    """P(the arm whose one reward was the largest has the largest q), q and noise as above.

    n ∫∫ φ(q) φ(r − q) P(Q < q, R < r)ⁿ⁻¹ dq dr, by sums over a grid with cells of that size;
    exact to about `cell`². 0.4318 for ten arms; for two it is 3/4.
    """
    q = np.arange(-RANGE, RANGE, cell)
    r = np.arange(-1.5 * RANGE, 1.5 * RANGE, cell)[:, None]
    # P(Q < q, R < r) = ∫ φ(x) Φ(r − x) dx up to q, by the trapezoid rule
    column = _densities(q) * special.ndtr(r - q)
    below = np.cumsum(column, axis=1) * cell - column * (cell / 2)
    both = _densities(q) * _densities(r - q) * below ** (n - 1)
    return float(n * both.sum() * cell**2)


def bernoulli_divergence(p: float, q: float) -> float:
    """KL(Bernoulli(p) ‖ Bernoulli(q)) in nats; infinite where q rules out what p allows."""
    return float(special.rel_entr(p, q) + special.rel_entr(1 - p, 1 - q))


def gaussian_divergence(p: float, q: float) -> float:
    """KL(N(p, 1) ‖ N(q, 1)) in nats: (p − q)² / 2."""
    return (p - q) ** 2 / 2


def lai_robbins(means: np.ndarray, rewards: str) -> float:
    """Return the constant C such that no consistent policy has lim inf R(T) / ln T below C.

    C = Σ Δ(a) / KL(a ‖ best) over the arms with Δ(a) > 0 (Lai & Robbins, 1985). It is a
    statement about T → ∞ and bounds no regret at a finite T. `rewards` as in `Arms`.
    """
    divergence = bernoulli_divergence if rewards == "bernoulli" else gaussian_divergence
    best = float(np.max(means))
    return sum((best - m) / divergence(m, best) for m in map(float, means) if m < best)


def ucb1_bound(means: np.ndarray, t: np.ndarray) -> np.ndarray:
    """(T,): UCB1's regret after t pulls is at most 8 Σ ln t / Δ(a) + (1 + π²/3) Σ Δ(a).

    (Auer, Cesa-Bianchi & Fischer, 2002, theorem 1.) For rewards in [0, 1], and our `UCB` with
    c = √2; sums are over the arms with Δ(a) > 0.
    """
    gaps = np.max(means) - np.asarray(means)
    gaps = gaps[gaps > 0]
    return np.asarray(8 * np.log(t) * (1 / gaps).sum() + (1 + math.pi**2 / 3) * gaps.sum())


def exploration_cost(means: np.ndarray, epsilon: float) -> float:
    """Return the regret per step that ε-greedy pays for ever once its greedy arm is best: ε
    mean(Δ).
    """
    return float(epsilon * (np.max(means) - np.mean(means)))


def _density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _densities(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(-x * x / 2) / math.sqrt(2 * math.pi))
