"""The replay of a game: a few kilobytes from which NetHack plays it again exactly.

A replay is text, packed by gzip: `zcat game.jsonl.gz` shows it. A line each:

- a header: what made it, the game's seed and settings, the names of the macro-actions;
- a list for every decision, in the order of `FIELDS`;
- every `KEYS_PER_CHECK` keystrokes or so a check: keystrokes so far, a digest of the screen then,
  and the CRC-32 of all the text before it;
- the outcome, with such a CRC too.

Keystrokes are characters (code points below 256). `probabilities` are thousandths, of the legal
actions only; `beliefs` are action values, counts, and low and high bounds, as far as the agent has
them, and null where they are those of the decision before.
"""

from __future__ import annotations

import functools
import gzip
import json
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from experiments.errors import UserError
from experiments.films.decisions import Choice, Decision
from experiments.films.fields import is_outcome, is_text, misfit

FORMAT = 1
MARK = "yendor_replay"
SUFFIX = ".jsonl.gz"
FIELDS = ("macro", "keys", "ended", "reward", "situation", "legal", "probabilities", "beliefs")
KEYS_PER_CHECK = 128
THOUSANDTHS = 1_000
_JSON = {"separators": (",", ":"), "ensure_ascii": False}


class ReplayError(UserError):
    """A replay of which nothing can be shown."""


@dataclass
class Replay:
    """A recorded game.

    Attributes:
        header: see `header`.
        decisions: in order, as far as the file is sound.
        checks: (keystrokes, digest of the screen then), ascending.
        outcome: the game's row of `episodes.jsonl`; empty if the file is damaged before it.
        damage: what is wrong with the file, and how much of it is left; "" if it is whole.
    """

    header: dict[str, Any]
    decisions: list[Decision] = field(default_factory=list)
    checks: list[tuple[int, int]] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)
    damage: str = ""

    @property
    def seed(self) -> int:
        """The game's."""
        return int(self.header["seed"])

    @property
    def macros(self) -> tuple[str, ...]:
        """Names of the macro-actions."""
        return tuple(self.header["macros"])

    @property
    def keystrokes(self) -> int:
        """In all its decisions."""
        return self.decisions[-1].end if self.decisions else 0


def header(
    seed: int, env: Mapping[str, Any], macros: tuple[str, ...], **about: Any
) -> dict[str, Any]:
    """Returns the first line of a replay.

    Args:
        seed: the game's.
        env: ``game``, a name of `envs.games.GAMES`, and the arguments of its constructor.
        macros: names of the macro-actions, by action.
        **about: run, agent, label, game, trained: what to call it.
    """
    made = {MARK: FORMAT, "nle": installed("nle"), "yendor": installed("yendor")}
    return made | about | {"seed": seed, "env": dict(env), "macros": list(macros)}


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

    def add(self, decision: Decision, screen: int) -> None:
        """Takes a finished decision.

        Args:
            decision: the next one.
            screen: `digest` of the screen at its end.
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
        if self._keys - self._checked >= KEYS_PER_CHECK:
            self._checked = self._keys
            self._line({"check": [self._keys, screen], "text": self._crc})

    def finish(self, outcome: Mapping[str, Any], screen: int) -> bytes:
        """Returns the file's content.

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


def read_replay(path: Path) -> Replay:
    """Reads a replay; of a damaged one as much as is sound.

    Raises:
        ReplayError: for a file that can't be read or is no replay, for one of a newer format, and
            for one that is damaged before its first check.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReplayError(f"{path}: can't be read: {error.strerror}") from None
    text, fault = _unpack(data)
    lines = text.splitlines(keepends=True)
    replay = Replay(_header(path, lines))
    try:
        fault = _read_lines(replay, lines[1:], zlib.crc32(lines[0])) or fault
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        fault = fault or "a line of it is no replay's"
    _keep_what_is_sound(replay, fault or ("" if replay.outcome else "its end is missing"))
    if replay.damage and not replay.decisions:
        raise ReplayError(f"{path}: {replay.damage}")
    return replay


def _read_lines(replay: Replay, lines: list[bytes], crc: int) -> str:
    """Reads all but the header; returns what is wrong."""
    beliefs: Any = None
    for line in lines:
        content = json.loads(line)
        if isinstance(content, dict):
            if content["text"] != crc:
                return "a byte of it was changed"
            keys, screen = content["check"]
            replay.checks.append((int(keys), int(screen)))
            if "outcome" in content and not is_outcome(content["outcome"]):
                return "its outcome is none"
            replay.outcome = content.get("outcome", {})
        else:
            row = dict(zip(FIELDS, content, strict=True))
            beliefs = row["beliefs"] or beliefs
            replay.decisions.append(_decision(replay, row, beliefs))
        crc = zlib.crc32(line, crc)
    return ""


def _keep_what_is_sound(replay: Replay, fault: str) -> None:
    """Drops the decisions after the last check of a file that has a fault."""
    if not fault:
        return
    sound = replay.checks[-1][0] if replay.checks else 0
    replay.decisions = [d for d in replay.decisions if d.end <= sound]
    replay.outcome = {}
    kept = f"its first {sound:,} keystrokes are sound" if sound else "nothing can be shown"
    replay.damage = f"the replay is damaged: {fault}; {kept}"


def _decision(replay: Replay, row: Mapping[str, Any], beliefs: Any) -> Decision:
    names, size = replay.macros, len(replay.macros)
    legal = np.array([bool(row["legal"] >> i & 1) for i in range(size)])
    probabilities = np.zeros(size)
    probabilities[legal] = np.array(row["probabilities"]) / THOUSANDTHS
    values, counts, low, high = (_array(part, size) for part in beliefs)
    bounds = None if low is None or high is None else np.array([low, high])
    chosen = int(row["macro"])
    choice = Choice(
        names, str(row["situation"]), legal, probabilities, values,
        None if counts is None else counts.astype(np.int64), bounds, chosen,
    )  # fmt: skip
    keys = row["keys"].encode("latin-1")
    number, start = len(replay.decisions) + 1, replay.keystrokes
    ended, reward = row["ended"], float(row["reward"])
    if not (is_text(ended) and is_text(choice.situation)):
        raise ValueError("control characters")
    if not (math.isfinite(reward) and np.isfinite(probabilities).all()):
        raise ValueError("infinite")
    return Decision(number, names[chosen], start, choice, keys, ended, reward)


def _equal(these: tuple[np.ndarray | None, ...], those: tuple[np.ndarray | None, ...]) -> bool:
    return len(these) == len(those) and all(
        a is b or (a is not None and b is not None and np.array_equal(a, b))
        for a, b in zip(these, those, strict=True)
    )


def thousandths(choice: Choice) -> list[int]:
    """The probabilities of the legal actions, in their order, as JSON keeps them short."""
    return [int(share) for share in np.rint(choice.probabilities[choice.legal] * THOUSANDTHS)]


def column(values: np.ndarray | None) -> list[float | None] | None:
    """A list for JSON, null where a value is infinite or unknown."""
    if values is None:
        return None
    return [_short(value, 4) if np.isfinite(value) else None for value in values.tolist()]


def _array(column: list[float | None] | None, size: int) -> np.ndarray | None:
    """The inverse of `column`."""
    if column is None:
        return None
    if len(column) != size:
        raise ValueError(f"{len(column)} values for {size} actions")
    return np.array([np.inf if value is None else value for value in column], float)


def _short(value: float, digits: int) -> float:
    """A number with so many significant digits, as an integer where it is one."""
    short = float(f"{value:.{digits}g}")
    return int(short) if short.is_integer() else short


def _header(path: Path, lines: list[bytes]) -> dict[str, Any]:
    try:
        head = json.loads(lines[0])
        version = head[MARK]
    except (ValueError, LookupError, TypeError):
        raise ReplayError(
            f"{path}: is no replay of Yendor's, or cut short in its first line"
        ) from None
    if version != FORMAT:
        raise ReplayError(
            f"{path}: has format {version!r}; this version of Yendor reads format {FORMAT}"
        )
    if strange := misfit(head):
        raise ReplayError(f"{path}: its first line is damaged: {strange} is missing or strange")
    return dict(head)


def _unpack(data: bytes) -> tuple[bytes, str]:
    """Returns as much of the text as can be unpacked, and what is wrong with the rest."""
    unpacker = zlib.decompressobj(wbits=31)
    text = b""
    for piece in _pieces(data, 512):
        try:
            text += unpacker.decompress(piece)
        except zlib.error:
            return text, "a byte of it was changed"
    return text, "" if unpacker.eof else "it is cut short"


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@functools.cache
def installed(package: str) -> str:
    """The version of a package, or "not installed"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
