"""All of a game in few bytes, for a page to unpack.

Unpacked by zlib they are: the size of a JSON text (4 bytes, little-endian), the text, padded with
blanks to a multiple of four bytes, and then the arrays that its ``arrays`` names, in that order.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np

from experiments.frames.keys import key_name
from experiments.playback.events import dangers
from experiments.playback.playback import Playback
from experiments.playback.screens import BLANK, TERMINAL_COLUMNS, Screen, looks
from experiments.replays.writer import column, thousandths

LINES = ("hit_points", "max_hit_points", "depth", "score", "turn")  # of `Statistics`


def pack(playback: Playback, speed: float) -> bytes:
    """Return a playback that was played out; see above.

    Args:
        playback: over.
        speed: keystrokes a second to begin with.
    """
    arrays = _screens(playback) | {"keys": np.frombuffer(playback.keys, np.uint8)}
    arrays |= {name: playback.screens.series(name).astype("<i4") for name in LINES}
    content = {
        "speed": speed,
        "key_names": [key_name(key) for key in range(256)],
        "levels": new_levels(playback),
        "dangers": dangers(playback),
        "arrays": [[name, array.dtype.str[1:], len(array)] for name, array in arrays.items()],
    }
    text = json.dumps(
        content | _decisions(playback), separators=(",", ":"), allow_nan=False
    ).encode()
    text += b" " * (-len(text) % 4)
    blocks = [array.tobytes() + bytes(-array.nbytes % 4) for array in arrays.values()]
    return zlib.compress(b"".join([len(text).to_bytes(4, "little"), text, *blocks]), level=9)


def new_levels(playback: Playback) -> list[list[int]]:
    """Return (position, depth) of the first step on every level but the one where it began."""
    dungeon, level, depth = (
        playback.screens.series(name) for name in ("dungeon", "level", "depth")
    )
    places = np.stack([dungeon, level], axis=1)
    _, first = np.unique(places, axis=0, return_index=True)
    return [[int(p), int(depth[p])] for p in np.sort(first) if p]


def cells_of(screen: Screen) -> np.ndarray:
    """Return (1920,) uint16 of a screen: what is seen, character and 256 times the colour."""
    chars, colors = looks(screen)
    return (chars | colors.astype(np.uint16) << 8).reshape(-1)


def _screens(playback: Playback) -> dict[str, np.ndarray]:
    """Every position's cursor and changed cells: how many, which, their characters and colours.

    A cell is told by its distance from the changed one before it, the first by that from cell 0.
    """
    last = np.full(24 * TERMINAL_COLUMNS, BLANK[0], np.uint16)
    counts, places, values, cursors = [], [], [], []
    for screen in playback.screens.between(0, playback.length):
        now = cells_of(screen)
        changed = np.flatnonzero(now != last)
        counts.append(len(changed))
        places.append(np.diff(changed, prepend=0))
        values.append(now[changed])
        cursors.append(screen.cursor[0] * TERMINAL_COLUMNS + screen.cursor[1])
        last = now
    cells = np.concatenate(values)
    return {
        "counts": np.array(counts, "<u2"),
        "places": np.concatenate(places).astype("<u2"),
        "chars": (cells & 255).astype(np.uint8),
        "colors": (cells >> 8).astype(np.uint8),
        "cursors": np.array(cursors, "<u2"),
    }


def _decisions(playback: Playback) -> dict[str, Any]:
    """Return the decisions, a row each; what recurs is kept once, in a table that rows point
    into.
    """
    tables: dict[str, dict[str, int]] = {"macros": {}, "endings": {}, "situations": {}}
    beliefs: dict[str, int] = {}

    def index(table: dict[str, int], item: str) -> int:
        return table.setdefault(item, len(table))

    for name in playback.names:
        index(tables["macros"], name)
    rows = []
    for decision in playback.decisions:
        choice = decision.choice
        legal = np.flatnonzero(choice.legal)
        rows.append([
            index(tables["macros"], decision.macro), len(decision.keys), decision.reward,
            index(tables["endings"], decision.ended),
            index(tables["situations"], choice.situation),
            choice.chosen, legal.tolist(), thousandths(choice),
            index(beliefs, json.dumps([column(part) for part in choice.beliefs()])),
        ])  # fmt: skip
    return {
        **{name: list(table) for name, table in tables.items()},
        "beliefs": [json.loads(text) for text in beliefs],
        "decisions": rows,
    }
