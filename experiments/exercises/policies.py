"""Lesson (e): REINFORCE to PPO."""

from __future__ import annotations

import numpy as np

from experiments.exercises.question import Answer, Question, same


def returns(rewards: np.ndarray, discounts: np.ndarray) -> np.ndarray:
    """Return the return G_t (T,) of each decision of a game: G_t = R_t + Γ_t G_{t+1}.

    rewards (T,) are R_t, and discounts (T,) are Γ_t, γ to the power of the keystrokes that
    decision t took. Nothing comes after the last one.
    """
    raise NotImplementedError


def generalised_advantages(
    rewards: np.ndarray, discounts: np.ndarray, values: np.ndarray, lam: float
) -> np.ndarray:
    """Return the advantage A_t (T,) of each decision of a game, by GAE (Schulman et al., 2016).

    δ_t = R_t + Γ_t V(s_{t+1}) − V(s_t), and A_t = δ_t + Γ_t λ A_{t+1}; values (T,) are V(s_t), and
    the value after the last decision is 0.
    """
    raise NotImplementedError


def ppo_weight(advantage: float, ratio: float, clip: float) -> float:
    """Return w, with which PPO's objective has the gradient w ∇ log π(a).

    The objective is min(ρ A, clamp(ρ, 1 − clip, 1 + clip) A), with ρ = π(a) / π_old(a) the ratio.
    """
    raise NotImplementedError


def _check_returns(answer: Answer, rng: np.random.Generator) -> None:
    for n in (1, 2, 7, 60):
        rewards, discounts = rng.normal(size=n), rng.uniform(0.5, 1, size=n)
        weights = [np.concatenate(([1.0], np.cumprod(discounts[t:-1]))) for t in range(n)]
        expected = [float(w @ rewards[t:]) for t, w in enumerate(weights)]
        same(answer(rewards.copy(), discounts.copy()), expected, f"{n} decisions")


def _check_advantages(answer: Answer, rng: np.random.Generator) -> None:
    for n, lam in ((1, 0.5), (2, 0.0), (7, 1.0), (40, 0.9)):
        rewards, values = rng.normal(size=(2, n))
        discounts = rng.uniform(0.5, 1, size=n)
        delta = rewards + discounts * np.append(values[1:], 0) - values
        decays = [np.concatenate(([1.0], np.cumprod(lam * discounts[t:-1]))) for t in range(n)]
        expected = [float(w @ delta[t:]) for t, w in enumerate(decays)]
        got = answer(rewards.copy(), discounts.copy(), values.copy(), lam)
        same(got, expected, f"{n} decisions, λ {lam}")


def _check_weight(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(100):
        advantage, ratio = float(rng.normal()), float(rng.uniform(0.5, 1.5))
        clip = float(rng.uniform(0.05, 0.4))
        inside = ratio <= 1 + clip if advantage > 0 else ratio >= 1 - clip
        case = f"A {advantage:.3f}, ρ {ratio:.3f}, clip {clip:.3f}"
        same(answer(advantage, ratio, clip), ratio * advantage if inside else 0.0, case)


QUESTIONS = (
    Question(returns, _check_returns),
    Question(generalised_advantages, _check_advantages),
    Question(ppo_weight, _check_weight),
)
