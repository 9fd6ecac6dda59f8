"""What is measured of a game, and in which units it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analysis.statistics.confidence import ANYTHING, Bounds
from experiments.files import Row


@dataclass(frozen=True)
class Metric:
    """How a number of a game is written.

    Attributes:
        form: in tables, such as ",.1f".
        unit: in sentences.
        scale: what a number is multiplied by in sentences.
        sentence_form: in sentences.
        merit: whether more of it is better; otherwise it is only more.
        bounds: what a game can have at all.
    """

    form: str
    unit: str
    scale: float = 1.0
    sentence_form: str = ",.1f"
    merit: bool = True
    bounds: Bounds = ANYTHING


SHARE, COUNT = Bounds(0, 1), Bounds(low=0)
METRICS = {
    "success": Metric(".3f", "points of success (of 100)", 100, bounds=SHARE),
    "points": Metric(",.1f", "points", sentence_form=",.0f", bounds=COUNT),
    "progression": Metric(".4f", "points of progression (of 100)", 100, bounds=SHARE),
    "max_depth": Metric(".2f", "levels of depth", bounds=Bounds(low=1)),
    "turns": Metric(",.0f", "turns", sentence_form=",.0f", merit=False, bounds=COUNT),
    "keystrokes": Metric(",.0f", "keystrokes", sentence_form=",.0f", merit=False, bounds=COUNT),
    "reward": Metric(",.3f", "reward", sentence_form=",.3g"),
}
AGENTS_OWN = ("macros", "features", "situation", "discount")  # keys of `env`: the game is the same
COMPARED = ("wizkit",)  # keys of `env`: games that may be set side by side, with a note
ONLY_FOR = {"reward": "reward"}  # keys of `env` that matter for one metric alone


def metrics_of(*samples: Sequence[Row]) -> list[str]:
    """Return the metrics worth showing: success only where some game had any."""
    succeeded = any(row.get("success") for rows in samples for row in rows)
    return [name for name in METRICS if name != "success" or succeeded]


def column(rows: Sequence[Row], metric: str) -> np.ndarray:
    """Return one metric of every game: (n,)."""
    return np.array([row[metric] for row in rows], dtype=float)


def differing_keys(envs: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the keys of `env` in which runs differ."""
    return [key for key in envs[0] if any(env[key] != envs[0][key] for env in envs)]


def comparable(metrics: Sequence[str], differing: Sequence[str]) -> tuple[list[str], list[str]]:
    """Says what can be compared when runs differ in these keys of `env`.

    Returns:
        The metrics that can, and a note on each difference that matters.
    """
    notes = [
        f"{metric} is not compared: it is counted differently, the runs differ in env.{key}."
        for key, metric in ONLY_FOR.items()
        if key in differing and metric in metrics
    ]
    spoilt = {metric for key, metric in ONLY_FOR.items() if key in differing}
    games = [f"env.{key}" for key in differing if key not in (*ONLY_FOR, *AGENTS_OWN)]
    if games:
        notes.append(f"Not the same game for all: the runs differ in {', '.join(games)}.")
    return [metric for metric in metrics if metric not in spoilt], notes
