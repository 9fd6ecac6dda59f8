"""Which of a shelf's games is watched, and which come before and after it."""

from __future__ import annotations

from collections.abc import Callable

from experiments.errors import UserError
from experiments.playback.playback import Playback
from experiments.playback.source import GameSource


class Games:
    """A shelf with a place in it, and a filter.

    Attributes:
        number: of the game that is watched.
        wanted: the filter; "" for none.
    """

    def __init__(self, source: GameSource, number: int) -> None:
        self.source, self.number, self.wanted = source, number, ""
        self._tried = number  # the last one that was to be shown
        self._numbers: list[int] = []

    def move(self, step: int, opened: Callable[[int], list[Playback]]) -> list[Playback] | None:
        """Return the next (1) or last (-1) game, as `opened` makes it of its number; None if there
        is none.

        Raises:
            UserError: when it can't be shown.
        """
        number = self.source.beside(self._tried, step, self.wanted)
        if number is None:
            return None
        self._tried = number  # also if it can't be shown: the next step goes past it
        playbacks = opened(number)
        self.number = number
        return playbacks

    def filter(self, wanted: str) -> None:
        """Set the filter.

        Raises:
            UserError: for a filter that can't be understood, or that no game fits.
        """
        numbers = self.source.numbers(wanted)
        if wanted.strip() and not numbers:
            raise UserError(f"filter {wanted.strip()!r}: no game fits")
        self._numbers, self.wanted = numbers, wanted.strip()

    def count(self) -> None:
        """Look which games there are.

        Raises:
            UserError: when that can't be seen.
        """
        self._numbers = self.source.numbers(self.wanted)

    def place(self) -> str:
        """Such as ``game 12 of 37, filter: died``."""
        suffix = f", filter: {self.wanted}" if self.wanted else ""
        if self.number in self._numbers:
            which = f"game {self._numbers.index(self.number) + 1:,} of {len(self._numbers):,}"
        elif self.wanted:
            which = f"not among the {len(self._numbers):,} games"
        else:
            return ""
        return which + suffix
