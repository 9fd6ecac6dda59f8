"""Games to watch, one beside the other: which there are, and how each is opened."""

from __future__ import annotations

import operator
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from envs import outcome
from envs.names import nearest
from envs.nethack.env import is_death
from experiments.errors import UserError
from experiments.playback.playback import Playback
from experiments.playback.replayed import ReplayPlayback
from experiments.printable import printable
from experiments.replays.format import SUFFIX, Replay, ReplayError
from experiments.replays.reader import read_replay

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip
FIGURES = (*outcome.FIGURES, "decisions", "reward")
STATES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "died": lambda row: is_death(row.get("cause")),
    "alive": lambda row: bool(row) and row.get("cause") is None,
    "success": lambda row: bool(row.get("success")),
}
FILTER_HELP = (
    "words that the cause of death or the character contains, died, alive, success, and"
    f" comparisons such as points>1000 and depth>=5 (of {', '.join(FIGURES)})"
)


class GameSource(Protocol):
    """Numbered games."""

    def numbers(self, wanted: str = "") -> list[int]:
        """Return the games known so far, ascending; with a filter, those that fit; see `filter_of`.

        Raises:
            UserError: for a filter that can't be understood.
        """
        ...

    def open(self, number: int) -> Playback:
        """Return a game at its beginning; of two that are played live, only the last one that was
        opened can go on.

        Raises:
            UserError: when there is no such game, or it can't be shown.
        """
        ...

    def beside(self, number: int, step: int, wanted: str = "") -> int | None:
        """Return the next game (step 1) or the previous one (-1); None if there is none."""
        ...


class ReplayFolder:
    """The replays of a folder, in the order of their names.

    Args:
        path: one of them; it is opened as number `first`.
    """

    def __init__(self, path: Path) -> None:
        siblings = {_real(p) for p in (path, *path.parent.glob("*" + SUFFIX))}
        self._paths = sorted(siblings, key=_natural)
        self._rows: dict[Path, dict[str, Any]] = {}
        self.first = self._paths.index(_real(path))

    def numbers(self, wanted: str = "") -> list[int]:
        """See `GameSource`; a replay's figures are read when a filter asks for them."""
        if not wanted.strip():
            return list(range(len(self._paths)))
        fits = filter_of(wanted)
        return [i for i, path in enumerate(self._paths) if fits(self._row(path))]

    def open(self, number: int) -> ReplayPlayback:
        """See `GameSource`."""
        return open_replay(self._paths[number])

    def beside(self, number: int, step: int, wanted: str = "") -> int | None:
        """See `GameSource`."""
        return neighbour(self.numbers(wanted), number, step)

    def _row(self, path: Path) -> dict[str, Any]:
        if path not in self._rows:
            try:
                self._rows[path] = read_replay(path).outcome
            except ReplayError:
                self._rows[path] = {}
        return self._rows[path]


def open_replay(path: Path) -> ReplayPlayback:
    """Return the playback of a replay.

    Raises:
        ReplayError: when nothing of it can be shown.
    """
    return playback_of(path, read_replay(path))


def playback_of(path: Path, replay: Replay) -> ReplayPlayback:
    """Return the playback of a replay that was read from a file.

    Raises:
        ReplayError: names the file, when its game can't be made.
    """
    try:
        return ReplayPlayback(replay, title_of(replay))
    except ReplayError as error:
        raise ReplayError(f"{path}: {error}") from None


def title_of(replay: Replay) -> str:
    """Return what a recorded game is called."""
    head = replay.header
    who = whose(head.get("run") or head.get("agent", "an agent"), head.get("trained", 0))
    game = which_game(head.get("label", "recorded"), head.get("game", "?"))
    return f"{who}, {'what if ' if replay.dice else ''}{game}"


def which_game(label: str, number: object) -> str:
    """Which game it is: ``unseen game 7``, ``unseen game 7 of block 2``, ``training game 3``.

    Args:
        label: under which a run keeps it.
        number: of the game.
    """
    kind, _, block = label.partition("-block")
    kind = {"training": "training", "learned": "unseen"}.get(kind, f"{kind}:")
    return f"{kind} game {number}" + (f" of block {block}" if block else "")


def whose(name: str, trained: int) -> str:
    """Whose game it is: ``ppo after 12,000 games``."""
    return printable(f"{name} after {trained:,} games" if trained else f"{name}, untrained")


def filter_of(wanted: str) -> Callable[[dict[str, Any]], bool]:
    """Return what tells whether a game's row fits every part of a filter; see `FILTER_HELP`.

    Raises:
        UserError: for a comparison that can't be understood.
    """
    text = re.sub(r"\s*([<>]=?|=)\s*", r"\1", wanted.lower())
    parts = [_part(part) for part in text.split()]
    return lambda row: all(fits(row) for fits in parts)


def neighbour(numbers: list[int], number: int, step: int) -> int | None:
    """Return the nearest of `numbers` (ascending) above (step 1) or below (-1) a number."""
    beyond = [other for other in numbers if (other - number) * step > 0]
    return (min if step > 0 else max)(beyond, default=None)


def _part(part: str) -> Callable[[dict[str, Any]], bool]:
    comparison = re.fullmatch(r"(\w+)(>=|<=|>|<|=)(-?\d+(?:\.\d+)?(?:e\d+)?)", part)
    if comparison:
        name, sign, value = comparison.groups()
        if name not in FIGURES:
            raise UserError(f"filter {part!r}: {name} is not a figure; {nearest(name, FIGURES)}")
        return lambda row: name in row and COMPARISONS[sign](row[name], float(value))
    if re.search("[<>=]", part):
        raise UserError(f"filter {part!r}: write figure, sign and number, as in points>1000")
    if part in STATES:
        return STATES[part]
    return lambda row: part in f"{row.get('cause') or ''} {row.get('character') or ''}".lower()


def _real(path: Path) -> Path:
    """Return what a path leads to; one that leads in a circle, as it is."""
    return Path(os.path.realpath(path))


def _natural(path: Path) -> tuple[Any, ...]:
    """Sorts game 9 before game 10."""
    parts = re.split(r"(\d+)", path.name)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)
