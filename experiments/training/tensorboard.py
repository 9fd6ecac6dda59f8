"""What TensorBoard shows of a run: the games of each round, and the metrics of learning.

TensorBoard is an extra, and its own writer is used: torch is not needed.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.errors import UserError
from experiments.files import Row
from experiments.runs.contents import TENSORBOARD
from experiments.runs.run import Run

OF_GAMES = ("reward", "points", "progression", "max_depth", "turns", "decisions", "keystrokes")
COUNTS = ("round", "games", "decisions", "keystrokes")  # of a round's row: how far, not how


class Events:
    """Event files of a run, written round by round; the step is the number of games so far.

    Rounds of before are written first, so that a run that was resumed is shown whole.

    Raises:
        UserError: without TensorBoard, the extra ``tensorboard``.
    """

    def __init__(self, run: Run) -> None:
        self.run, self.games = run, 0
        writer, self._proto = library()
        folder = folder_of(run)
        shutil.rmtree(folder, ignore_errors=True)
        self._writer = writer(str(folder))
        _, done = run.checkpoint()
        self.after_round(run.episodes(done))

    def after_round(self, rows: Sequence[Row]) -> None:
        """Write the rounds that are new: given all games so far, the run having been saved."""
        for metrics in self.run.metrics(len(rows)):
            games = metrics["games"]
            if games > self.games:
                self._write(games, _scalars(rows[self.games : games], metrics))
                self.games = games
        self._writer.flush()

    def close(self) -> None:
        """End the file."""
        self._writer.close()

    def _write(self, step: int, scalars: Mapping[str, float]) -> None:
        event, summary, now = self._proto
        values = [summary.Value(tag=tag, simple_value=value) for tag, value in scalars.items()]
        self._writer.add_event(event(wall_time=now(), step=step, summary=summary(value=values)))


def folder_of(run: Run) -> Path:
    """Return where a run's event files lie."""
    return run.folder / TENSORBOARD


def _scalars(games: Sequence[Row], metrics: Row) -> dict[str, float]:
    """Return means of a round's games, and what the agent reported of learning from them."""
    means = {f"games/{key}": float(np.mean([row[key] for row in games])) for key in OF_GAMES}
    learned = {key: value for key, value in metrics.items() if key not in COUNTS}
    return means | {key if "/" in key else f"learning/{key}": v for key, v in learned.items()}


def library() -> tuple[Any, tuple[Any, Any, Any]]:
    """Return TensorBoard's writer, and what makes its events.

    Raises:
        UserError: without TensorBoard.
    """
    try:
        from tensorboard.compat.proto.event_pb2 import Event
        from tensorboard.compat.proto.summary_pb2 import Summary
        from tensorboard.summary.writer.event_file_writer import EventFileWriter
    except ImportError:
        told = 'TensorBoard is missing: pip install "yendor[tensorboard]"'
        raise UserError(told) from None
    return EventFileWriter, (Event, Summary, time.time)
