"""Plays NetHack in the public arena; `yendor export` wrote this folder.

`yendor_export.json` says which agent this is, `weights.npz` holds what it learned, and `agents/`,
`compiling/` and `envs/` hold what it is made of. It needs Python 3.11, nle, numpy, numba and scipy.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agents.base import State
from agents.registry import make
from envs.bot import Bot, Chooser
from envs.macros import make_macros

FOLDER = Path(__file__).parent


def make_agent(seed: int | Sequence[int] | None = None) -> Bot:
    """Return the bot: ``reset(observation)``, then ``act(observation)`` for every keystroke,
    ``close()``.

    Args:
        seed: of the agent's randomness, which is the same in every game; None for the run's own.
            ``[run's seed, game's seed]`` is what `yendor evaluate` plays that game with.
    """
    export = json.loads((FOLDER / "yendor_export.json").read_text(encoding="utf-8"))
    header = export["agent"]
    agent = make(**header.pop("settings"), **header)
    with np.load(FOLDER / "weights.npz", allow_pickle=False) as weights:
        agent.restore(dict(weights))
    seed = export["seed"] if seed is None else seed

    def begin() -> Chooser:
        agent.rng = np.random.default_rng(seed)
        return lambda features, situation, mask: agent.act(State(features, situation, mask))

    macros = make_macros(export["macros"])
    return Bot(macros, begin, list(export["features"]), list(export["situation"]))
