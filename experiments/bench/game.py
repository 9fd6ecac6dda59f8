"""Whole real games with all that Yendor keeps of them, against the raw game."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import gymnasium as gym
import numpy as np

from agents import Agent
from envs.macro_env import MacroEnv
from envs.nethack.env import NetHack
from experiments.bench import autoascend
from experiments.bench.measure import Effort, Result, Trial, take_turns
from experiments.config.models import find, load, make_agent
from experiments.training.rollout import environment, play_game

RANDOM_GAMES = 10  # of at most a thousand keys: later ones are mostly lost in some prompt


class Recorded(gym.Wrapper[np.ndarray, int, np.ndarray, int]):
    """Keeps the keystrokes of each game, with its seed."""

    def __init__(self, env: MacroEnv) -> None:
        super().__init__(env)
        self.macro_env, self.macros, self.observation = env, env.macros, env.observation
        self.games: list[tuple[int, list[int]]] = []

    def reset(self, *, seed: int, **arguments: Any) -> tuple[np.ndarray, dict[str, Any]]:  # type: ignore[override]
        """As the environment's; begins a recording."""
        self.games.append((seed, []))
        return self.env.reset(seed=seed, **arguments)

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """As the environment's, key by key."""
        result = self.macro_env.step(action)
        self.games[-1][1].extend(result[-1]["keys"])
        return result


def measure(effort: Effort) -> list[Result]:
    """Keystrokes per second of Thompson sampling, of NLE alone, and of the strongest public bot."""
    config = load(find("thompson"))
    env = Recorded(environment(config.env))
    game = env.macro_env.env
    assert isinstance(game, NetHack)
    agent, seeds = make_agent(config), iter(range(10**9))
    rng = np.random.default_rng(0)
    chance = [(seed, rng.choice(game.actions, 1_000).tolist()) for seed in range(RANDOM_GAMES)]
    trials: dict[str, Trial] = {
        "ours": lambda: _play(env, agent, seeds, effort.keystrokes),
        "same": lambda: _raw(game, env.games),
        "random": lambda: _raw(game, chance),
    }
    opponent = autoascend.trial(iter(range(10**9)), effort.keystrokes)
    if opponent is not None:
        trials["autoascend"] = opponent
    speeds = take_turns(trials, effort.repeats)

    def beside(peer: str, name: str, target: float | None, note: str = "") -> Result:
        what, theirs = "real games, Thompson", speeds.get(name, ())
        return Result(what, "keystrokes/s", speeds["ours"], peer, theirs, target, note)

    return [
        beside("NLE alone, the same keys", "same", 0.25),
        beside("NLE alone, random keys", "random", None),
        beside(autoascend.NAME, "autoascend", 10.0, "" if opponent else autoascend.INSTALL),
    ]


def _play(env: Recorded, agent: Agent, seeds: Iterator[int], keystrokes: int) -> float:
    """Keystrokes per second of whole games, resets and learning included."""
    env.games.clear()
    sent, began = 0, time.perf_counter()
    while sent < keystrokes:
        seed = next(seeds)
        rng = np.random.default_rng([0, seed])
        episode = play_game(env, agent, seed, rng, learn=True)
        agent.learn(episode.transitions)
        sent += episode.row["keystrokes"]
    return sent / (time.perf_counter() - began)


def _raw(game: NetHack, games: Iterable[tuple[int, Sequence[int]]]) -> float:
    """Keystrokes per second of NLE alone, from the first key of each game to the last."""
    sent, seconds = 0, 0.0
    for seed, keys in games:
        game.reset(seed=seed)
        began = time.perf_counter()
        sent += game.raw_steps(keys)
        seconds += time.perf_counter() - began
    return sent / seconds
