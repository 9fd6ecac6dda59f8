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


def leave_one_out(advantages: np.ndarray, last: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return advantages less what the other games that began alike show of the critic's error.

    A return is good or bad for two reasons: the actions, and the dungeon that the seed made. The
    critic sees little of the dungeon, but the other games of that seed went through it too. So from
    A_t of one game the mean of A_t in the others is taken, decision by decision, 0 where one had
    ended: at the first decision that is the return less the mean of the others' returns, RLOO
    (Kool, van Hoof & Welling, 2019), whatever the critic says. What the other games did does not
    depend on this one's actions, so it is a baseline: the gradient's expectation stays. As long as
    games have gone the same way, only what came after they parted is left.

    Args:
        advantages: (T,) A_t, games one after the other.
        last: (T,) bool, the last decision of each game.
        starts: (T,) what names the state that the game began in.

    Returns:
        (T,); those of a game that began like no other as they were.
    """
    ends = np.flatnonzero(last) + 1
    games = np.split(advantages, ends[:-1])
    groups: dict[int, list[np.ndarray]] = {}
    for end, game in zip(ends, games, strict=True):
        groups.setdefault(int(starts[end - 1]), []).append(game)
    sums = {start: _sum_by_decision(group) for start, group in groups.items()}
    result = []
    for end, game in zip(ends, games, strict=True):
        start = int(starts[end - 1])
        others = sums[start][: len(game)] - game
        result.append(game - others / max(len(groups[start]) - 1, 1))
    return np.concatenate(result)


def _sum_by_decision(games: list[np.ndarray]) -> np.ndarray:
    """Return the sum of sequences, each continued by zeros to the longest."""
    total = np.zeros(max(map(len, games)))
    for game in games:
        total[: len(game)] += game
    return total


def standardise(advantages: np.ndarray, returns: np.ndarray) -> np.ndarray:
    """Return advantages (T,) shifted to mean 0 and scaled to deviation 1, of rewards of any scale.

    All are 0 where they differ by no more than the rounding of the `returns` (T,) they come from.
    """
    centred = advantages - advantages.mean()
    std = centred.std()
    noise = FLOAT32 * returns.std() + FLOAT64 * np.abs(returns).max()
    return centred / std if std > noise else np.zeros_like(centred)
