"""Writes a replay while a game goes on; `replay.py` tells what is in it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.replays.decisions import Choice, Decision
from experiments.replays.format import KEYS_PER_CHECK, THOUSANDTHS

_JSON = {"separators": (",", ":"), "ensure_ascii": False}


class Writer:
    """Packs a game, decision by decision.

    Args:
        head: the replay's `header`.
    """

    def __init__(self, head: Mapping[str, Any]) -> None:
        self._lines: list[bytes] = []
        self._crc = self._checked = self._keys = 0
        self._last: tuple[np.ndarray | None, ...] = ()
        self._line(head)

    def add(self, decision: Decision, screen: int | None) -> None:
        """Take a finished decision.

        Args:
            decision: the next one.
            screen: `digest` of the screen at its end; None if nobody has seen it.
        """
        choice = decision.choice
        beliefs = choice.beliefs()
        same, self._last = _equal(beliefs, self._last), beliefs
        self._line([
            choice.chosen, decision.keys.decode("latin-1"), decision.ended,
            _short(decision.reward, 6), choice.situation,
            sum(1 << int(i) for i in np.flatnonzero(choice.legal)), thousandths(choice),
            None if same else [column(part) for part in beliefs],
        ])  # fmt: skip
        self._keys += len(decision.keys)
        if screen is not None and self._keys - self._checked >= KEYS_PER_CHECK:
            self._checked = self._keys
            self._line({"check": [self._keys, screen], "text": self._crc})

    def unfinished(self, why: str) -> bytes:
        """Return the file's content, of a game that came to no end."""
        self._line({"lost": why, "text": self._crc})
        return gzip.compress(b"".join(self._lines), mtime=0)

    def finish(self, outcome: Mapping[str, Any], screen: int) -> bytes:
        """Return the file's content.

        Args:
            outcome: the game's row of `episodes.jsonl`.
            screen: `digest` of the last screen.
        """
        self._line({"check": [self._keys, screen], "outcome": outcome, "text": self._crc})
        return gzip.compress(b"".join(self._lines), mtime=0)

    def _line(self, content: Any) -> None:
        line = json.dumps(content, **_JSON).encode() + b"\n"  # type: ignore[arg-type]
        self._lines.append(line)
        self._crc = zlib.crc32(line, self._crc)


def _equal(these: tuple[np.ndarray | None, ...], those: tuple[np.ndarray | None, ...]) -> bool:
    return len(these) == len(those) and all(
        a is b or (a is not None and b is not None and np.array_equal(a, b))
        for a, b in zip(these, those, strict=True)
    )


def thousandths(choice: Choice) -> list[int]:
    """Return the probabilities of the legal actions, in their order, as JSON keeps them short."""
    return [int(share) for share in np.rint(choice.probabilities[choice.legal] * THOUSANDTHS)]


def column(values: np.ndarray | None) -> list[float | None] | None:
    """Return a list for JSON, null where a value is infinite or unknown."""
    if values is None:
        return None
    return [_short(value, 4) if np.isfinite(value) else None for value in values.tolist()]


def _short(value: float, digits: int) -> float:
    """Return a number with so many significant digits, as an integer where it is one."""
    short = float(f"{value:.{digits}g}")
    return int(short) if short.is_integer() else short
