"""How a batch of games is going: the running score, games per minute, time left."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from experiments.training.rollout import Episode

WINDOW_GAMES = 50  # games in the running means
SECONDS_BETWEEN_LINES = 10.0
BAR, STATUS = 20, 76  # columns of the bar, and of all that is right of it
SMALL_BAR = 10


class Progress:
    """A bar on a terminal, plain lines elsewhere.

    Args:
        label: what is being done.
        total: games in all.
        console: where to draw.
    """

    def __init__(self, label: str, total: int, console: Console) -> None:
        self.label, self.total, self.console = label, total, console
        self.done = self.played = 0
        self._recent: deque[tuple[float, float]] = deque(maxlen=WINDOW_GAMES)
        self._began = self._last_line = time.monotonic()
        # Where there is no room beside the label, it stands above: it is never cut.
        self._heading = label if console.width < len(label) + BAR + STATUS else ""
        self._bar = Bar(
            *([] if self._heading else [TextColumn("{task.description}")]),
            BarColumn(bar_width=SMALL_BAR if self._heading else BAR),
            MofNCompleteColumn(),
            TextColumn("{task.fields[status]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(label, total=total, status="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def skip(self, games: int) -> None:
        """Count games that were played before; the bar goes when no others are left."""
        self.done += games
        self._bar.update(self._task, completed=self.done, visible=self.done < self.total)

    def track(self, episodes: Iterable[Episode]) -> Iterator[Episode]:
        """Pass games through, and show each."""
        for episode in episodes:
            self.done, self.played = self.done + 1, self.played + 1
            self._recent.append((episode.row["points"], episode.row["progression"]))
            self._show()
            yield episode

    def note(self, text: str) -> None:
        """Tell of something on a line of its own."""
        self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def status(self) -> str:
        """Return the running means of the last games, the speed and the time left."""
        points, progression = np.mean(self._recent, axis=0)
        per_minute = 60 * self.played / max(time.monotonic() - self._began, 1e-9)
        left = 60 * (self.total - self.done) / per_minute
        return (
            f"points {points:,.0f} · progression {progression:.4f} ·"
            f" {per_minute:,.0f} games/min · {_clock(left)} left"
        )

    def _show(self) -> None:
        now = time.monotonic()
        if self._heading and self.console.is_terminal and self.played == 1:
            self._bar.console.print(self._heading, markup=False, highlight=False)
        self._bar.update(self._task, completed=self.done, status=self.status())
        due = now - self._last_line >= SECONDS_BETWEEN_LINES or self.done == self.total
        if due and not self.console.is_terminal:
            self._last_line = now
            self.console.print(
                f"{self.label}: {self.done}/{self.total} games · {self.status()}", soft_wrap=True
            )


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
