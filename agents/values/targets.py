"""n-step returns of a semi-Markov decision process, as far as they are made of rewards."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Returns(NamedTuple):
    """What is known of each decision's n-step return before any value is asked for.

    The whole return is rewards + worth · V, with V the value of the state after decision `end`.
    """

    rewards: np.ndarray  # (T,) float64, R_t + Γ_t R_{t+1} + … over the decisions t .. end
    worth: np.ndarray  # (T,) float64, Γ_t … Γ_end: what the state after them is worth at t
    end: np.ndarray  # (T,) int64, the last decision of the sum


def n_step_returns(
    rewards: np.ndarray, discounts: np.ndarray, last: np.ndarray, n_steps: int
) -> Returns:
    """Add up the rewards of n decisions from each one on, or of as many as the game still has.

    Args:
        rewards: (T,) R_t, the discounted reward of decision t's own keystrokes; games one after
            the other.
        discounts: (T,) Γ_t = γᵏ for a decision of k keystrokes; 0 where the game terminated.
        last: (T,) bool, the last decision of a game. The last of all counts as one.
        n_steps: n, at least 1.
    """
    sums, worth = rewards.astype(np.float64), discounts.astype(np.float64)
    end = np.arange(len(sums))
    final = last.astype(bool)
    final[-1:] = True
    for _ in range(n_steps - 1):
        on = np.flatnonzero(~final[end])  # those whose game goes on
        if not len(on):
            break
        end[on] += 1
        sums[on] += worth[on] * rewards[end[on]]
        worth[on] *= discounts[end[on]]
    return Returns(sums, worth, end)
