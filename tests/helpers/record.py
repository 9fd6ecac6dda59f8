"""NetHack's own record of a game, which no agent sees: to hold beliefs against.

Globals are found by name; the fields of structs by their places in NLE 1.3.0's build (NetHack
3.6.6: rm.h, monst.h, trap.h). Squares are (y, x), as everywhere here; NetHack counts columns from
1.
"""

from __future__ import annotations

import ctypes
import struct
from contextlib import contextmanager
from typing import NamedTuple

from envs.knowledge.paths import HEIGHT, WIDTH

_SQUARES = (WIDTH + 1) * HEIGHT
_MONSTERS = 8 * _SQUARES + 8 * _SQUARES  # struct level: after its squares and piles
_TRAP = struct.Struct("<Q2b2b2bH")  # next; column, row; where to; launch; flags
_STAIRS = struct.Struct("<5b")  # column, row; where to; whether up


class Someone(NamedTuple):
    """A monster: its species, and whether it is tame, or at peace."""

    species: int
    tame: bool
    peaceful: bool


class Record:
    """What is so, of a `NetHack` that is being played."""

    def __init__(self, game):
        self._game = game

    @contextmanager
    def _globals(self):
        with self._game._library() as library:
            yield lambda name: ctypes.addressof(ctypes.c_char.in_dll(library, name))

    def monster(self, square):
        """Who stands on a square, or None."""
        y, x = square
        with self._globals() as address:
            place = address("level") + _MONSTERS + 8 * (HEIGHT * (x + 1) + y)
            found = _pointer(place)
            raw = ctypes.string_at(found, 68) if found else b""
        if not raw:
            return None
        (flags,) = struct.unpack_from("<I", raw, 64)
        return Someone(struct.unpack_from("<h", raw, 20)[0], raw[53] > 0, bool(flags >> 9 & 1))

    def traps(self):
        """The squares with a trap, found or not."""
        found = set()
        with self._globals() as address:
            following = _pointer(address("ftrap"))
            while following:
                following, x, y, *_ = _TRAP.unpack(ctypes.string_at(following, _TRAP.size))
                found.add((y, x - 1))
        return found

    def stairs_down(self):
        """The squares of the stairs that lead down, in this dungeon and to another."""
        with self._globals() as address:
            both = [ctypes.string_at(address(name), 5) for name in ("dnstair", "sstairs")]
        return {(y, x - 1) for x, y, _, _, up in map(_STAIRS.unpack, both) if x and not up}

    def chained(self):
        """Whether an iron ball hangs from the hero's leg."""
        with self._globals() as address:
            return bool(_pointer(address("uball")))

    def written(self, square, word):
        """Whether a word, and nothing else, is engraved on a square."""
        y, x = square
        with self._game._library() as library:
            sengr_at = library.sengr_at
            sengr_at.restype = ctypes.c_void_p
            return bool(sengr_at(word.encode(), ctypes.c_byte(x + 1), ctypes.c_byte(y), True))


def _pointer(address):
    return struct.unpack("<Q", ctypes.string_at(address, 8))[0]
