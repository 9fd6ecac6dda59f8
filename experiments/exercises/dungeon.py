"""Lesson (b): from the testbed to the dungeon."""

from __future__ import annotations

import numpy as np

from experiments.exercises.question import Answer, Question, same


def decision_reward(rewards: np.ndarray, gamma: float) -> tuple[float, float]:
    """Return the reward of one decision, and the discount of all that comes after it.

    rewards (k,) are those of the decision's k keystrokes, in their order: Σ γⁱ rᵢ with i from 0,
    and γᵏ.
    """
    raise NotImplementedError


def posterior(
    rewards: np.ndarray, prior_mean: float, prior_variance: float, noise_variance: float
) -> tuple[float, float]:
    """Return the mean and the variance of what is believed of a macro-action's mean reward.

    Before any of the rewards (n,), n may be 0, the belief was Gaussian with the prior's mean and
    variance; a reward is that mean plus Gaussian noise of the variance noise_variance.
    """
    raise NotImplementedError


def _check_reward(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(30):
        rewards, gamma = rng.normal(size=rng.integers(1, 30)).round(3), float(rng.uniform(0.5, 1))
        expected = float((gamma ** np.arange(len(rewards))) @ rewards), gamma ** len(rewards)
        same(answer(rewards.copy(), gamma), expected, f"rewards {rewards[:4]} …, γ {gamma:.4f}")


def _check_posterior(answer: Answer, rng: np.random.Generator) -> None:
    for n in (0, 1, 2, 5, 50):
        mean, variance, noise = float(rng.normal()), *map(float, rng.uniform(0.1, 4, size=2))
        rewards = rng.normal(mean, 1, size=n)
        precision = 1 / variance + n / noise
        expected = (mean / variance + rewards.sum() / noise) / precision, 1 / precision
        same(answer(rewards.copy(), mean, variance, noise), expected, f"{n} rewards")


QUESTIONS = (Question(decision_reward, _check_reward), Question(posterior, _check_posterior))
