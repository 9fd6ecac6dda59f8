"""A game played again, so that one can stand at its decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from agents import Transition
from envs.macro_env import MacroEnv


def again(
    env: MacroEnv, seed: int, steps: Sequence[Transition]
) -> Iterator[tuple[int, Transition]]:
    """Stands still before every decision of a game: yields its number, from 0, and what it was.

    It ends early if the game goes another way than before: NLE's does once in some thousands.

    Args:
        env: plays the game.
        seed: the game's.
        steps: its decisions.
    """
    observation, info = env.reset(seed=seed)
    for number, step in enumerate(steps):
        legal = info["action_mask"].astype(bool)
        same = np.array_equal(step.state.features, observation)
        if not (same and np.array_equal(step.state.action_mask, legal)):
            return
        yield number, step
        observation, _, terminated, truncated, info = env.step(step.action)
        if terminated or truncated:
            return
