"""A game's screens: one per keystroke, in little memory, any of them at once.

Each screen is kept as its difference from the one before, and every so often a keyframe in full: to
see any screen, take the keyframe before it and apply the few hundred differences that follow.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from envs.knowledge.statistics import Statistics

KEYS = ("tty_chars", "tty_colors", "glyphs", "tty_cursor", "blstats")  # of NLE's observations
SCREENS_PER_KEYFRAME = 256  # screens from one to the next
TERMINAL_ROWS, TERMINAL_COLUMNS = 24, 80  # of the terminal
MAP_ROWS, MAP_COLUMNS = 21, 79
REVERSE_BIT = 16  # in NLE's tty_colors: the bit beside colour and brightness
BLANK = np.uint8(ord(" ")), np.uint8(0)  # character and colour
_CELLS, _SQUARES = TERMINAL_ROWS * TERMINAL_COLUMNS, MAP_ROWS * MAP_COLUMNS
# A screen as bytes: characters, colours, glyphs (two bytes each), cursor; compared in words of 8.
_COLORS, _GLYPHS, _CURSOR = _CELLS, 2 * _CELLS, 2 * _CELLS + 2 * _SQUARES
_SIZE, _WORD = _CURSOR + 2, 8


@dataclass(frozen=True, slots=True)
class Screen:
    """What the player saw after a keystroke.

    Attributes:
        chars, colors, cursor: NLE's tty_chars (24, 80) uint8, tty_colors (24, 80) uint8,
            tty_cursor (row, column).
        glyphs: (21, 79) int16, of the map.
        stats: the bottom lines.
    """

    chars: np.ndarray
    colors: np.ndarray
    cursor: tuple[int, int]
    glyphs: np.ndarray
    stats: Statistics

    @property
    def message(self) -> str:
        """The top line."""
        return line_of(self.chars[0])


class Screens:
    """Screens in the order of the game; `append` the observation after every keystroke."""

    def __init__(self) -> None:
        self._last = np.zeros(_SIZE, np.uint8)
        self._now = np.zeros(_SIZE, np.uint8)
        self._keyframes: list[np.ndarray] = []
        self._changes = bytearray()  # of each screen: the numbers of changed words, then the words
        self._ends = array("Q")  # of each screen's changes
        self._statistics = np.zeros((SCREENS_PER_KEYFRAME, len(Statistics._fields)), np.int32)

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, observation: Mapping[str, np.ndarray]) -> None:
        """Keep an observation's screen; its arrays may change afterwards."""
        now = self._now
        now[:_COLORS] = observation["tty_chars"].reshape(-1)
        now[_COLORS:_GLYPHS] = observation["tty_colors"].reshape(-1).view(np.uint8)
        now[_GLYPHS:_CURSOR] = observation["glyphs"].reshape(-1).view(np.uint8)
        now[_CURSOR:] = observation["tty_cursor"]
        words = now.view(np.uint64)
        changed = (words != self._last.view(np.uint64)).nonzero()[0]
        self._changes += changed.astype(np.uint16).tobytes()
        self._changes += words[changed].tobytes()
        place = len(self._ends)
        self._ends.append(len(self._changes))
        self._last, self._now = now, self._last
        if place % SCREENS_PER_KEYFRAME == 0:
            self._keyframes.append(now.copy())
        if place == len(self._statistics):
            self._statistics = np.concatenate([self._statistics, np.zeros_like(self._statistics)])
        self._statistics[place] = observation["blstats"]

    def __getitem__(self, place: int) -> Screen:
        if not 0 <= place < len(self):
            raise IndexError(f"there are {len(self)} screens, not one numbered {place}")
        return next(self.between(place, place))

    def between(self, first: int, last: int) -> Iterator[Screen]:
        """Return the screens from `first` to `last`, both included: far quicker than one by one."""
        start = first - first % SCREENS_PER_KEYFRAME
        screen = self._keyframes[start // SCREENS_PER_KEYFRAME].copy()
        words = screen.view(np.uint64)
        for place in range(start, last + 1):
            if place > start:
                self._change(words, place)
            if place >= first:
                yield self._screen(screen.copy(), place)

    def _change(self, words: np.ndarray, place: int) -> None:
        """Make a screen of the one before it."""
        changes = memoryview(self._changes)[self._ends[place - 1] : self._ends[place]]
        n = len(changes) // (2 + _WORD)
        words[np.frombuffer(changes[: 2 * n], np.uint16)] = np.frombuffer(
            changes[2 * n :], np.uint64
        )
        changes.release()

    def _screen(self, screen: np.ndarray, place: int) -> Screen:
        row, column = screen[_CURSOR:].tolist()
        return Screen(
            screen[:_COLORS].reshape(TERMINAL_ROWS, TERMINAL_COLUMNS),
            screen[_COLORS:_GLYPHS].reshape(TERMINAL_ROWS, TERMINAL_COLUMNS),
            (row, column),
            screen[_GLYPHS:_CURSOR].view(np.int16).reshape(MAP_ROWS, MAP_COLUMNS),
            self.stats(place),
        )

    def cut(self, length: int) -> None:
        """Forgets all screens but the first so many; no more can be appended."""
        del self._ends[length:]

    def stats(self, place: int) -> Statistics:
        """Return the bottom lines of one screen: quicker than all of it."""
        return Statistics(*self._statistics[place].tolist())

    def series(self, name: str) -> np.ndarray:
        """(n,) int32: one of the `Statistics` on all n screens so far, such as ``hit_points``."""
        return self._statistics[: len(self), Statistics._fields.index(name)]


def looks(screen: Screen) -> tuple[np.ndarray, np.ndarray]:
    """Return what of a screen can be seen: (24, 80) uint8 characters and colours.

    Every character fills one cell: control characters and the soft hyphen, which not every screen
    shows, are question marks. A blank has the colour of `BLANK`, unless it is reversed.
    """
    chars = _SHOWN[screen.chars]
    colors = screen.colors & (2 * REVERSE_BIT - 1)
    return chars, np.where((chars == BLANK[0]) & (colors < REVERSE_BIT), BLANK[1], colors)


def _shown() -> np.ndarray:
    """(256,) uint8: what is shown for each character."""
    codes = np.arange(256, dtype=np.uint8)
    codes[(codes < BLANK[0]) | ((codes >= 0x7F) & (codes < 0xA0)) | (codes == 0xAD)] = ord("?")
    codes[[0, 0xA0]] = BLANK[0]
    return codes


_SHOWN = _shown()


def line_of(chars: np.ndarray) -> str:
    """Return a row of a terminal, (80,) uint8, as text without the blanks at its end."""
    return chars.tobytes().replace(b"\0", b" ").decode("latin-1").rstrip()
