"""The stub's observation: NLE's buffers, and how the game is drawn into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from nle import nethack as nh
from nle.env.base import NLE_SPACE_ITEMS

from envs.stub.dungeon import HEIGHT, WIDTH
from envs.stub.things import N_GLYPHS, Item, appearance

KEYS = (
    "glyphs", "chars", "colors", "specials", "blstats", "message", "inv_glyphs", "inv_strs",
    "inv_letters", "inv_oclasses", "tty_chars", "tty_colors", "tty_cursor", "misc",
)  # fmt: skip
COLUMNS = 80
WINDOW_COLUMN = 41  # where NetHack puts a short menu or list
TEXT_COLOR = 7
_COLOR_OF_TEXT = bytes([TEXT_COLOR if char != 32 else 0 for char in range(256)])
_APPEARANCE = [appearance(glyph) for glyph in range(N_GLYPHS)]
_CHARS, _COLORS, _SPECIALS = np.array(_APPEARANCE, np.uint8).T.copy()
_NO_OBJECT = (nh.MAX_GLYPH, nh.MAXOCLASSES)


class Screen:
    """Buffers with NLE's names, shapes and dtypes, drawn square by square.

    Attributes:
        observation: the live buffers by key.
        glyphs: what each square shows, of ``21 * 79``.
    """

    def __init__(self) -> None:
        spaces = dict(NLE_SPACE_ITEMS)
        self.observation = {key: np.zeros(spaces[key].shape, spaces[key].dtype) for key in KEYS}
        # A memoryview writes a single square several times faster than an array does.
        flat = {key: self.observation[key].reshape(-1).data for key in KEYS}
        self.glyphs, self._chars = flat["glyphs"], flat["chars"]
        self._colors, self._specials = flat["colors"], flat["specials"]
        self._message, self._tty = flat["message"], flat["tty_chars"]
        self._tty_colors = flat["tty_colors"].cast("B")
        self._misc, self._cursor = flat["misc"], flat["tty_cursor"]
        self._line = ""
        self._rows: dict[int, str] = {}
        self.observation["tty_chars"][:] = 32

    def __deepcopy__(self, memo: dict[int, Any]) -> Screen:
        """Return a screen with buffers of its own, which whatever is copied along then refers
        to.
        """
        twin = Screen()
        memo |= {id(self): twin, id(self.observation): twin.observation}
        for key, buffer in self.observation.items():
            twin.observation[key][:] = buffer
            memo[id(buffer)] = twin.observation[key]
        twin._line, twin._rows = self._line, dict(self._rows)
        return twin

    def draw(self, square: int, glyph: int, pile: bool = False) -> None:
        """Show a glyph on a square; `pile` marks more than one object."""
        char, color, special = _APPEARANCE[glyph]
        self.glyphs[square] = glyph
        self._chars[square] = char
        self._colors[square] = color
        self._specials[square] = special | (nh.MG_OBJPILE if pile else 0)
        place = square + square // WIDTH + COLUMNS
        self._tty[place] = char
        self._tty_colors[place] = color

    def draw_map(self, glyphs: Sequence[int]) -> None:
        """Show a glyph on every square, none of them a pile.

        Args:
            glyphs: 21 * 79 of them.
        """
        seen = self.observation
        shown = np.asarray(glyphs, np.int16).reshape(HEIGHT, WIDTH)
        seen["glyphs"][:] = shown
        seen["chars"][:], seen["colors"][:] = _CHARS[shown], _COLORS[shown]
        seen["specials"][:] = _SPECIALS[shown]
        self._copy_map()

    def top_line(self, text: str, message: str | None = None) -> None:
        """Write row 0; `message` is what the message buffer holds when that is not the row."""
        message = text if message is None else message
        if message != self._line:
            self._message[:] = message.encode("latin-1")[:255].ljust(256, b"\0")
            self._line = message
        self._write_row(0, text)

    def status(self, blstats: list[int], first: str, second: str) -> None:
        """Write the 27 statistics and the two lines below the map."""
        self.observation["blstats"][:] = blstats
        self._write_row(22, first)
        self._write_row(23, second)

    def wait_for(self, yn: bool, more: bool, row: int, column: int) -> None:
        """Set what the game waits for and where the cursor stands."""
        self._misc[0], self._misc[2] = int(yn), int(more)
        self._cursor[0], self._cursor[1] = row, min(column, COLUMNS - 1)

    def open_window(self, lines: list[str]) -> None:
        """Lays a list over the right half of the map, from the top."""
        tty, colors = self.observation["tty_chars"], self.observation["tty_colors"]
        for row, line in enumerate(lines[: HEIGHT + 3]):
            text = np.frombuffer(line.encode("latin-1")[: COLUMNS - WINDOW_COLUMN], np.uint8)
            tty[row, WINDOW_COLUMN - 1 :] = 32
            colors[row, WINDOW_COLUMN - 1 :] = 0
            tty[row, WINDOW_COLUMN : WINDOW_COLUMN + len(text)] = text
            colors[row, WINDOW_COLUMN : WINDOW_COLUMN + len(text)] = TEXT_COLOR
        self._rows.pop(0, None)

    def close_window(self) -> None:
        """Show the map and the status again."""
        self._copy_map()
        self.observation["tty_chars"][1 : HEIGHT + 1, WIDTH] = 32
        rows, self._rows = self._rows, {}
        for row, text in rows.items():
            self._write_row(row, text)

    def inventory(self, items: dict[str, Item], purse: Item | None) -> None:
        """Write the four ``inv_`` buffers: gold first, then by letter."""
        seen = self.observation
        seen["inv_strs"][:] = 0
        seen["inv_letters"][:] = 0
        seen["inv_glyphs"][:], seen["inv_oclasses"][:] = _NO_OBJECT
        rows = ([("$", purse)] if purse else []) + sorted(items.items())
        for row, (letter, item) in enumerate(rows):
            text = np.frombuffer(item.text().encode("latin-1")[:79], np.uint8)
            seen["inv_strs"][row, : len(text)] = text
            seen["inv_letters"][row] = ord(letter)
            seen["inv_glyphs"][row], seen["inv_oclasses"][row] = item.glyph, item.oclass

    def text(self) -> str:
        """Return the terminal as 24 lines."""
        rows = self.observation["tty_chars"]
        return "\n".join(bytes(row).decode("latin-1").rstrip() for row in rows)

    def _copy_map(self) -> None:
        """Show the map on the terminal."""
        self.observation["tty_chars"][1 : HEIGHT + 1, :WIDTH] = self.observation["chars"]
        self.observation["tty_colors"][1 : HEIGHT + 1, :WIDTH] = self.observation["colors"]

    def _write_row(self, row: int, text: str) -> None:
        if self._rows.get(row) == text:
            return
        self._rows[row] = text
        line = text.encode("latin-1")[:COLUMNS].ljust(COLUMNS)
        self._tty[row * COLUMNS : row * COLUMNS + COLUMNS] = line
        self._tty_colors[row * COLUMNS : row * COLUMNS + COLUMNS] = line.translate(_COLOR_OF_TEXT)
