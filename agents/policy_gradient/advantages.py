"""Advantages and returns of a semi-Markov decision process."""

from __future__ import annotations

import numpy as np

FLOAT32, FLOAT64 = 1e-7, 1e-12  # relative errors of a critic's numbers, and of sums of many rewards


def advantages(
    rewards: np.ndarray,
    discounts: np.ndarray,
    values: np.ndarray,
    next_values: np.ndarray,
    last: np.ndarray,
    gae_lambda: float,
) -> np.ndarray:
    """Estimates advantages by GAE (Schulman et al., 2016) over decisions of unequal length.

        δ_t = R_t + Γ_t V(s_{t+1}) - V(s_t)        A_t = δ_t + Γ_t λ A_{t+1}

    Decision t took k keystrokes: R_t is their discounted reward, and Γ_t = γᵏ takes the place of
    γ (Sutton, Precup & Singh, 1999). λ = 1 gives A_t = G_t - V(s_t) with the return
    G_t = R_t + Γ_t G_{t+1}: REINFORCE with a baseline. λ = 0 gives one-step actor-critic.

    Args:
        rewards: (T,) R_t, games one after the other.
        discounts: (T,) Γ_t, 0 where the game terminated.
        values: (T,) V(s_t).
        next_values: (T,) V(s_{t+1}), also where a game was truncated: the return goes on there.
        last: (T,) bool, the last decision of a game, across which nothing flows back.
        gae_lambda: λ in [0, 1].

    Returns:
        (T,) A_t in units of reward; A_t + V(s_t) is the λ-return that V should have predicted.
    """
    delta = rewards + discounts * next_values - values
    carry = np.where(last, 0.0, discounts * gae_lambda)
    result = np.empty_like(delta)
    ahead = 0.0
    for t in range(len(delta) - 1, -1, -1):
        ahead = delta[t] + carry[t] * ahead
        result[t] = ahead
    return result


def standardise(advantages: np.ndarray, returns: np.ndarray) -> np.ndarray:
    """Return advantages (T,) shifted to mean 0 and scaled to deviation 1, of rewards of any scale.

    All are 0 where they differ by no more than the rounding of the `returns` (T,) they come from.
    """
    centred = advantages - advantages.mean()
    std = centred.std()
    noise = FLOAT32 * returns.std() + FLOAT64 * np.abs(returns).max()
    return centred / std if std > noise else np.zeros_like(centred)
