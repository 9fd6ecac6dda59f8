"""Lesson (c): what a situation adds."""

from __future__ import annotations

import numpy as np

from experiments.exercises.question import Answer, Question, same


def worth_of_context(values: np.ndarray, frequency: np.ndarray) -> float:
    """Return how much more reward a decision brings, at best, to who sees the context.

    values (C, A) is the mean reward of each arm in each context, and frequency (C,), which sums to
    1, how often each context comes up. Who does not see it has to pull one arm in all of them.
    """
    raise NotImplementedError


def linucb_bounds(
    features: np.ndarray, seen: np.ndarray, rewards: np.ndarray, alpha: float
) -> float:
    """Return LinUCB's upper confidence bound of one arm: θᵀx + α sqrt(xᵀ A⁻¹ x).

    features x (F,) are those of the present state; seen (N, F) those of the N states in which the
    arm was pulled, N may be 0, and rewards (N,) what it paid there. A = I + Σ x xᵀ over them, and
    θ = A⁻¹ Σ r x: ridge regression with a penalty of 1 (Li et al., 2010).
    """
    raise NotImplementedError


def _check_worth(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(30):
        values, frequency = rng.random((4, 3)).round(2), rng.dirichlet(np.ones(4))
        expected = frequency @ values.max(axis=1) - (frequency @ values).max()
        same(answer(values.copy(), frequency.copy()), expected, f"values {values[0]} …")


def _check_linucb(answer: Answer, rng: np.random.Generator) -> None:
    for n in (0, 1, 3, 40):
        x, seen, rewards = rng.normal(size=5), rng.normal(size=(n, 5)), rng.random(n)
        alpha = float(rng.uniform(0, 3))
        inverse = np.linalg.inv(np.eye(5) + seen.T @ seen)
        expected = x @ inverse @ (seen.T @ rewards) + alpha * np.sqrt(x @ inverse @ x)
        same(answer(x.copy(), seen.copy(), rewards.copy(), alpha), expected, f"{n} states seen")


QUESTIONS = (Question(worth_of_context, _check_worth), Question(linucb_bounds, _check_linucb))
