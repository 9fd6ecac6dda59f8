"""AutoAscend, the strongest public bot, as the public arena brings it: an opponent to time."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from envs.nethack.env import NetHack
from experiments.bench.measure import Trial

NAME = "AutoAscend"
INSTALL = 'pip install "nethackers[nle,autoascend]"'
NO_MORE_THAN = 2_000  # keystrokes of one game and trial: many short looks at many games


def trial(seeds: Iterator[int], keystrokes: int) -> Trial | None:
    """Return a trial of its keystrokes per second in the games of these seeds, resets included;
    None if it isn't installed.
    """
    bot = module()
    if bot is None:
        return None
    game = NetHack()

    def play() -> float:
        sent, began = 0, time.perf_counter()
        while sent < keystrokes:
            sent += _play(bot.make_agent(), game, next(seeds))
        return sent / (time.perf_counter() - began)

    return play


def _play(agent: Any, game: NetHack, seed: int) -> int:
    observation, _ = game.reset(seed=seed)
    agent.reset(observation)
    sent, over = 0, False
    while not over and sent < NO_MORE_THAN:
        observation, _, terminated, truncated, _ = game.step(agent.act(observation))
        sent, over = sent + 1, terminated or truncated
    agent.close()
    return sent


def folder() -> Path | None:
    """Where the arena keeps it; None if that isn't installed."""
    found = importlib.util.find_spec("nethackers")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0], "roots", "autoascend")


def module() -> Any | None:
    """Return its module, which has `make_agent`; None if it isn't installed."""
    where = folder()
    if where is None:
        return None
    sys.path.insert(0, str(where))
    try:
        return importlib.import_module("bot")
    except ImportError:
        return None
    finally:
        sys.path.remove(str(where))
