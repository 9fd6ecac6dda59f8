"""How a batch of games is going: the running score, games per minute, time left, a curve."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self

import numpy as np
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn
from rich.progress import Progress as Bar
from rich.text import Text

from experiments.console import PlainColumn
from experiments.files import Row
from experiments.training.curve import curve_lines
from experiments.training.rollout import Episode

WINDOW_GAMES = 50  # games in the running means
GAMES_BEFORE_ESTIMATE = 8  # fewer say little: games last unlike long
SECONDS_BETWEEN_LINES = 10.0
BAR, STATUS = 20, 92  # columns of the bar, and of all that is right of it
SMALL_BAR = 10
CURVE_COLUMNS, CURVE_ROWS = 72, 5
SHORT = 20  # lines of a terminal that has no room for a curve


class Progress:
    """A bar on a terminal, a line that is kept up to date in a notebook, plain lines elsewhere.

    Args:
        label: what is being done, and for whom.
        total: games in all.
        console: where to draw.
        curve: whether to draw the rewards of the games, which is what learning makes larger.
        before: the rewards of games that were played before, to be drawn with them.
    """

    def __init__(
        self,
        label: str,
        total: int,
        console: Console,
        curve: bool = False,
        before: Iterable[float] = (),
    ) -> None:
        self.label, self.total, self.console = label, total, console
        self.done = self.played = 0
        self._recent: deque[Row] = deque(maxlen=WINDOW_GAMES)
        self._rewards = list(before)
        self._curve = curve
        self._began, self._first_ended = time.monotonic(), 0.0
        self._last_line = self._began
        self._notebook: Any = None
        # Where there is no room beside the label, it stands above: it is never cut.
        self._heading = label if console.width < len(label) + BAR + STATUS else ""
        self._bar = _Bar(
            *([] if self._heading else [PlainColumn("{task.description}")]),
            BarColumn(bar_width=SMALL_BAR if self._heading else BAR),
            MofNCompleteColumn(),
            PlainColumn("{task.fields[status]}"),
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
        if self.played and not self.console.is_terminal:
            for line in self._curve_lines():
                self._print(line)

    def skip(self, games: int) -> None:
        """Count games that were played before; the bar goes when no others are left."""
        self.done += games
        self._bar.update(self._task, completed=self.done, visible=self.done < self.total)

    def track(self, episodes: Iterable[Episode]) -> Iterator[Episode]:
        """Pass games through, and show each."""
        for episode in episodes:
            # The first game takes longer than others do: processes start, code is compiled.
            self._first_ended = self._first_ended or time.monotonic()
            self.done, self.played = self.done + 1, self.played + 1
            self._recent.append(episode.row)
            self._rewards.append(episode.row.get("reward", 0.0))
            self._show()
            yield episode

    def note(self, text: str) -> None:
        """Tell of something on a line of its own."""
        self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def status(self) -> str:
        """Return the running means of the last games, the speed and the time left."""
        points, reward, progression = map(self._mean, ("points", "reward", "progression"))
        parts = [f"points {points:,.0f}", f"reward {reward:,.4g}"]
        parts += [] if self._heading else [f"progression {progression:.4f}"]
        now = time.monotonic()
        parts.append(f"{60 * self.played / max(now - self._began, 1e-9):,.0f} games/min")
        if self.done == self.total or self._can_estimate(now):
            each = (now - self._first_ended) / max(self.played - 1, 1)
            parts.append(f"{_clock(each * (self.total - self.done))} left")
        return " · ".join(parts)

    def _can_estimate(self, now: float) -> bool:
        """Whether enough games followed the first one, also where many are played at once."""
        wave = np.median([row.get("seconds", 0.0) for row in self._recent])
        return self.played > GAMES_BEFORE_ESTIMATE and now - self._first_ended >= wave

    def _mean(self, key: str) -> float:
        return float(np.mean([row.get(key, 0.0) for row in self._recent]))

    def _curve_lines(self) -> list[str]:
        columns = min(self.console.width - 1, CURVE_COLUMNS)
        return curve_lines("reward", self._rewards, columns, CURVE_ROWS) if self._curve else []

    def _show(self) -> None:
        now = time.monotonic()
        if self.console.is_terminal:
            if self._heading and self.played == 1:
                self._bar.console.print(self._heading)
            if self.console.height >= SHORT:
                self._bar.below = Text("\n".join(self._curve_lines()))
            self._bar.update(self._task, completed=self.done, status=self.status())
        elif self.console.is_jupyter and not self.console.quiet:
            self._show_in_notebook(self._line())
        elif now - self._last_line >= SECONDS_BETWEEN_LINES or self.done == self.total:
            self._last_line = now
            self._print(self._line())

    def _line(self) -> str:
        return f"{self.label}: {self.done}/{self.total} games · {self.status()}"

    def _print(self, line: str) -> None:
        self.console.print(line, soft_wrap=True, markup=False, highlight=False)

    def _show_in_notebook(self, line: str) -> None:
        """Show a line in the place of the last one."""
        from IPython.display import display  # a notebook has it

        shown = {"text/plain": line}
        if self._notebook is None:
            self._notebook = display(shown, raw=True, display_id=True)
        else:
            self._notebook.update(shown, raw=True)


class _Bar(Bar):
    """A bar with something below it."""

    below: RenderableType = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """Yield the bar, and what is below it."""
        yield from super().get_renderables()
        if self.below:
            yield self.below


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
