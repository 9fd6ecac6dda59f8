"""Writes a game as the files that were asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from experiments.errors import UserError, escaped
from experiments.files import check_suffix
from experiments.outputs import refusal, same_file
from experiments.playback.playback import Playback
from experiments.recordings.formats import FORMATS, Part

Outputs = Mapping[str, Path]  # the files to write, by name of `FORMATS`


def check_outputs(outputs: Outputs, speed: float) -> None:
    """Look whether the files can be written, before a game is played for them.

    Raises:
        UserError: names the option.
    """
    for name, path in outputs.items():
        if why := refusal(path):
            told = "must be a file in a folder that exists"
            raise UserError(f"--{name} {escaped(path)}: {told}, and that can be written: {why}")
    if same_file(list(outputs.values())):
        raise UserError("two recordings can't be the same file")
    for name, path in outputs.items():
        check_suffix(f"--{name}", path, FORMATS[name].suffixes or (f".{name}",))
        if FORMATS[name].timed and not 0 < speed < math.inf:
            raise UserError(
                f"--speed {speed:g}: a recording needs a speed, in keystrokes per second"
            )
        FORMATS[name].check(path, speed)


@dataclass(frozen=True)
class Stretch:
    """The part of a game that is recorded, in decisions counted from 1, both included."""

    first: int = 1
    last: int | None = None

    @classmethod
    def parse(cls, text: str | None) -> Stretch:
        """Read ``40-120``, ``40-`` or ``40``; None is the whole game.

        Raises:
            UserError: for anything else.
        """
        if text is None:
            return cls()
        found = re.fullmatch(r"(\d+)(?:(-)(\d*))?", text.strip())
        if found:
            first, dash, last = found.groups()
            stretch = cls(int(first), int(last or 0) or None if dash else int(first))
            if 1 <= stretch.first <= (stretch.last or stretch.first):
                return stretch
        raise UserError(f"--decisions {text}: write the first and the last, as in 40-120 or 40-")

    def positions(self, playback: Playback) -> tuple[int, int]:
        """Return the first and the last keystroke of a playback that was played out.

        Raises:
            UserError: when the game ends before.
        """
        count = len(playback.decisions)
        if self.first > count:
            raise UserError(f"--decisions {self.first}: this game has {count} decisions")
        last = min(self.last or count, count)
        return playback.decisions[self.first - 1].start, playback.decisions[last - 1].end


def record(
    playback: Playback, outputs: Outputs, stretch: Stretch, speed: float, width: int
) -> list[tuple[str, Path]]:
    """Plays the game out and writes every file.

    Args:
        playback: at any position.
        outputs: checked.
        stretch: the part to record; of a picture its first decision, or for the whole game the one
            in the middle. Some formats are always of the whole game.
        speed: keystrokes per second.
        width: of GIF and MP4, in pixels.

    Returns:
        What each file is, and where.
    """
    playback.play_out()
    first, last = stretch.positions(playback)
    middle = len(playback.decisions) // 2 + 1
    decision = middle if stretch == Stretch() else stretch.first
    part = Part(first, last, decision, speed, width)
    written = []
    for name, path in outputs.items():
        FORMATS[name].write(path, playback, part)
        written.append((FORMATS[name].noun, path))
    return written
