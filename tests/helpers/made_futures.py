"""Futures with an outcome of one's choice."""

import numpy as np

from envs.futures import Future


def future(action, index, survived=True, points=0):
    """A future that was never played."""
    outcome = {"points": points, "progression": 0.0, "turns": 1}
    return Future(
        action, index, (0, 0), survived, not survived, outcome, 0.0, 1.0, 1, b"", np.zeros(1), {}
    )
