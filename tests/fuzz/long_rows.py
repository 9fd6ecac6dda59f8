"""Plain files of rows as long as they are read, and longer, written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from experiments.rows import MOST_BYTES
from experiments.runs.game_rows import NEEDED
from experiments.seeds import MOST_GAMES

GIGABYTE = 2**30
PIECES = 200
EVALUATED = "evaluations/learned.jsonl"  # which is always read to its end
LONG = ("episodes.jsonl", "metrics.jsonl", EVALUATED, "config.yaml", "versions.json",
        "checkpoint/checkpoint.json", "checkpoint/agent.json")  # fmt: skip


def long_rows(row: bytes, lay_out: Callable[[], Path]) -> Iterator[tuple[str, Path]]:
    """Give run folders with the longest files of rows there may be, by name.

    Args:
        row: of a game, sound.
        lay_out: lays out a sound run, and returns its folder.
    """
    values = dict.fromkeys(map(str, range(380)), 1.5)
    short = dict.fromkeys(NEEDED, 0)
    piece = MOST_BYTES // PIECES
    forged: dict[str, Iterable[bytes]] = {
        "the most games": (row * 1_000 for _ in range(MOST_GAMES // 1_000)),
        "more games": (row * (piece // len(row)) for _ in range(PIECES)),
        "rows of many values": _of(row, (values for _ in range(60_000))),
        "rows of many texts": _of(row, ({str(i): "é" * 99 for i in range(300)},) * 2_000),
        "rows of strange names": _of(
            row, ({f"{n} {i}": {} for i in range(300)} for n in range(6_000))),
        "short rows": _of(b"{}", (short for _ in range(500_000))),
    }  # fmt: skip
    for name, pieces in forged.items():
        folder = lay_out()
        with (folder / EVALUATED).open("wb") as file:
            file.writelines(pieces)
        yield name, folder
    for name in LONG:
        folder = lay_out()
        with (folder / name).open("ab") as file:
            file.truncate(GIGABYTE)
        yield f"a gigabyte of {name}", folder


def _of(row: bytes, more: Iterable[dict]) -> Iterator[bytes]:
    """Give a row with more in it, for each."""
    sound = json.loads(row)
    for one in more:
        yield json.dumps(sound | one, ensure_ascii=False).encode() + b"\n"
