"""Plays one future in an environment of its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from envs.futures.outcome import CUT, Horizon, Policy, Watcher
from envs.macro_env import MacroEnv
from envs.nethack.env import is_death


def roll_out(
    env: MacroEnv,
    action: int,
    policy: Policy,
    horizon: Horizon,
    rng: np.random.Generator,
    watcher: Watcher | None = None,
) -> dict[str, Any]:
    """Plays a macro-action, and then what the policy chooses, as far as the horizon.

    Args:
        env: at a decision, its dice thrown anew; nobody else's.
        action: legal.
        policy: plays on.
        horizon: where to stop.
        rng: the policy's random numbers.
        watcher: hears of every decision.

    Returns:
        The fields of a `Future`, apart from its action, index and seeds.
    """
    assert env.known is not None
    last_turn = np.inf if horizon.turns is None else env.known.stats.turn + horizon.turns
    most = np.inf if horizon.decisions is None else horizon.decisions
    total, discount, decisions, keys = 0.0, 1.0, 0, bytearray()
    observation, info = env.state()
    while True:
        if watcher:
            watcher.chosen(observation, info, action)
        cut = _play(env, action, last_turn)
        observation, reward, terminated, truncated, info = env.result()
        if cut:
            info["ended"] = CUT
        if watcher:
            watcher.played(env, action, reward, info)
        total, discount = total + discount * reward, discount * info["discount"]
        decisions, keys = decisions + 1, keys + info["keys"]
        over = terminated or truncated
        if over or decisions >= most or env.known.stats.turn >= last_turn:
            break
        action = int(policy(observation, info, rng))
    outcome = env.env.outcome()
    return {
        "survived": not is_death(outcome.cause), "over": over, "outcome": outcome,
        "reward": float(total), "discount": float(discount), "decisions": decisions,
        "keys": bytes(keys), "observation": observation, "info": info,
        "report": watcher.report(env, over) if watcher else None,
    }  # fmt: skip


def _play(env: MacroEnv, action: int, last_turn: float) -> bool:
    """Plays a macro-action until the turn; returns whether that cut it off."""
    assert env.known is not None
    for _ in env.play(action):
        if env.known.stats.turn >= last_turn and not (env.env.terminated or env.env.truncated):
            return True
    return False
