"""The real game, played by random keys, and what it says."""

from __future__ import annotations

import numpy as np

CHARACTER = "mon-hum-neu-mal"


def text(env, key="message"):
    return bytes(env.observation[key]).split(b"\0")[0].decode("latin-1")


def random_keys(env, seed, count=400):
    """Moves mostly, and now and then any other key."""
    rng = np.random.default_rng(seed)
    moves = [ord(key) for key in "hjklyubnhjklyubns.,"]
    return [int(rng.choice(moves if rng.random() < 0.8 else env.actions)) for _ in range(count)]
