"""Reads a replay, of a damaged one as much as is sound; `replay.py` tells what is in it."""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from agents.bounded import parse_json, read_bounded
from agents.checks import shown
from experiments.replays.decisions import Choice, Decision
from experiments.replays.fields import is_outcome, is_text, misfit
from experiments.replays.format import (
    FIELDS,
    FORMAT,
    FORMAT_OF_FUTURES,
    MARK,
    THOUSANDTHS,
    Replay,
    ReplayError,
)

# What is read of a replay at most; the longest game there may be has a million keystrokes.
LONGEST = 2**24  # bytes of text: 150 times those of a long game
LONGEST_HEADER, LONGEST_LINE = 2**21, 2**20  # bytes; a header may hold the drawings of a dungeon
MOST_DECISIONS, MOST_KEYSTROKES = 40_000, 1_000_000
MOST_NUMBERS = 30 * MOST_DECISIONS  # decisions × macro-actions: of each, five numbers are kept

MAGIC = b"\x1f\x8b"  # of gzip
TOO_LONG = "it is far longer than any game"


def read_replay(path: Path) -> Replay:
    """Read a replay; of a damaged one as much as is sound.

    Raises:
        ReplayError: for a file that can't be read or is not a replay, for one of a newer format,
            and for one that is damaged before its first check.
    """
    try:
        data = read_bounded(path, LONGEST)
    except OSError as error:
        raise ReplayError(f"{path}: can't be read: {error.strerror}") from None
    except ValueError as error:
        raise ReplayError(f"{path}: is not read: {error}") from None
    return unpack_replay(data, str(path))


def unpack_replay(data: bytes, path: str) -> Replay:
    """Read the content of a replay's file, as `read_replay` does; errors name the path.

    Browsers unpack what they download: its text alone is read all the same.
    """
    text, fault = _unpack(data) if data.startswith(MAGIC) else (data, "")
    lines = io.BytesIO(text)
    first = lines.readline(LONGEST_HEADER)
    replay = Replay(_header(path, first))
    try:
        fault = _read_lines(replay, lines, zlib.crc32(first)) or fault
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        fault = fault or "a line of it is not a replay's"
    complete = (replay.outcome or replay.lost) and replay.decisions
    _keep_what_is_sound(replay, fault or ("" if complete else "a part of it is missing"))
    if not replay.decisions:
        raise ReplayError(f"{path}: {replay.damage}")
    return replay


def _read_lines(replay: Replay, lines: Iterable[bytes], crc: int) -> str:
    """Read all but the header; return what is wrong."""
    beliefs: Any = None
    most = min(MOST_DECISIONS, MOST_NUMBERS // len(replay.macros))
    for line in lines:
        if len(line) > LONGEST_LINE or len(replay.decisions) >= most:
            return TOO_LONG
        content = parse_json(line)
        if isinstance(content, dict):
            if content["text"] != crc:
                return "a byte of it was changed"
            if "lost" in content:
                replay.lost = content["lost"] if is_text(content["lost"]) else "?"
                return ""
            keys, screen = content["check"]
            replay.checks.append((int(keys), int(screen)))
            if "outcome" in content and not is_outcome(content["outcome"]):
                return "its outcome is none"
            replay.outcome = content.get("outcome", {})
        else:
            row = dict(zip(FIELDS, content, strict=True))
            beliefs = row["beliefs"] or beliefs
            replay.decisions.append(_decision(replay, row, beliefs))
            if replay.keystrokes > MOST_KEYSTROKES:
                return TOO_LONG
        crc = zlib.crc32(line, crc)
    return ""


def _keep_what_is_sound(replay: Replay, fault: str) -> None:
    """Drop the decisions after the last check of a file that has a fault."""
    if not fault:
        if replay.lost:
            replay.damage = f"this game came to no end: {replay.lost}"
        return
    sound = replay.checks[-1][0] if replay.checks else 0
    replay.decisions = [d for d in replay.decisions if d.end <= sound]
    replay.outcome = {}
    some = replay.decisions
    kept = f"its first {sound:,} keystrokes are sound" if some else "nothing can be shown"
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
    in_range = 0 <= chosen < size and ((probabilities >= 0) & (probabilities <= 1)).all()
    if not (in_range and math.isfinite(reward) and (counts is None or np.isfinite(counts).all())):
        raise ValueError("out of range")
    return Decision(number, names[chosen], start, choice, keys, ended, reward)


def _array(column: list[float | None] | None, size: int) -> np.ndarray | None:
    """Return the inverse of `replay_writer.column`."""
    if column is None:
        return None
    if len(column) != size:
        raise ValueError(f"{len(column)} values for {size} actions")
    return np.array([np.inf if value is None else value for value in column], float)


def _header(path: str, line: bytes) -> dict[str, Any]:
    try:
        head = parse_json(line)
        version = head[MARK]
    except (ValueError, LookupError, TypeError):
        raise ReplayError(
            f"{path}: is not a replay of Yendor's, or cut short in its first line"
        ) from None
    if version not in (FORMAT, FORMAT_OF_FUTURES):
        raise ReplayError(
            f"{path}: has format {shown(version)}; this version of Yendor reads formats {FORMAT}"
            f" and {FORMAT_OF_FUTURES}"
        )
    if strange := misfit(head, future=version == FORMAT_OF_FUTURES):
        raise ReplayError(f"{path}: its first line is damaged: {strange} is missing or strange")
    return dict(head)


def _unpack(data: bytes) -> tuple[bytes, str]:
    """Return as much of the text as can be unpacked, and what is wrong with the rest."""
    unpacker = zlib.decompressobj(wbits=31)
    text = bytearray()
    for piece in _pieces(data, 512):
        try:
            text += unpacker.decompress(piece)
        except zlib.error:
            return bytes(text), "a byte of it was changed"
        if len(text) > LONGEST:
            return bytes(text), TOO_LONG
    return bytes(text), "" if unpacker.eof else "it is cut short"


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))
