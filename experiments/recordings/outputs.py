"""Writes a game as the files that were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from experiments.errors import UserError
from experiments.playback.playback import Playback


@dataclass(frozen=True)
class Outputs:
    """The files to write; None where a kind was not asked for.

    Attributes:
        gif, mp4: the game in tiles.
        cast: the terminal, for asciinema.
        html: a page with a player.
        ttyrec: NLE's own recording.
        svg: a picture of one decision.
    """

    gif: Path | None = None
    mp4: Path | None = None
    cast: Path | None = None
    html: Path | None = None
    ttyrec: Path | None = None
    svg: Path | None = None

    def wanted(self) -> dict[str, Path]:
        """The files by kind."""
        paths = {field.name: getattr(self, field.name) for field in fields(self)}
        return {kind: path for kind, path in paths.items() if path is not None}

    def check(self) -> None:
        """Looks whether the files can be written, before a game is played for them.

        Raises:
            UserError: names the option.
        """
        wanted = self.wanted()
        for kind, path in wanted.items():
            if path.is_dir() or not path.absolute().parent.is_dir():
                raise UserError(f"--{kind} {path}: must be a file in a folder that exists")
        if len({path.absolute() for path in wanted.values()}) < len(wanted):
            raise UserError("two recordings can't be the same file")
        if self.ttyrec is not None:
            from experiments.recordings.ttyrec import check_name

            check_name(self.ttyrec)


@dataclass(frozen=True)
class Stretch:
    """The part of a game that is recorded, in decisions counted from 1, both included."""

    first: int = 1
    last: int | None = None

    @classmethod
    def parse(cls, text: str | None) -> Stretch:
        """Reads ``40-120``, ``40-`` or ``40``; None is the whole game.

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
        """The first and the last keystroke of a playback that was played out.

        Raises:
            UserError: when the game ends before.
        """
        count = len(playback.decisions)
        if self.first > count:
            raise UserError(f"--decisions {self.first}: this game has {count} decisions")
        last = min(self.last or count, count)
        return playback.decisions[self.first - 1].start, playback.decisions[last - 1].end


@dataclass(frozen=True)
class Part:
    """What of a game is recorded, and how.

    Attributes:
        first, last: keystrokes.
        decision: the number of the one to be pictured.
        speed: keystrokes per second.
        width: of tiles, in pixels.
    """

    first: int
    last: int
    decision: int
    speed: float
    width: int


def record(
    playback: Playback, outputs: Outputs, stretch: Stretch, speed: float, width: int
) -> list[tuple[str, Path]]:
    """Plays the game out and writes every file.

    Args:
        playback: at any position.
        outputs: checked.
        stretch: of GIF, MP4 and cast; of a picture its first decision, or for the whole game the
            one in the middle. Page and ttyrec are always of the whole game.
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
    for kind, path in outputs.wanted().items():
        name, write = KINDS[kind]
        write(path, playback, part)
        written.append((name, path))
    return written


# A library is imported when its kind of file is asked for.
def _gif(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.video import write_gif

    write_gif(path, playback, first=part.first, last=part.last, speed=part.speed, width=part.width)


def _mp4(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.video import write_mp4

    write_mp4(path, playback, first=part.first, last=part.last, speed=part.speed, width=part.width)


def _cast(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.cast import write_cast

    write_cast(path, playback, first=part.first, last=part.last, speed=part.speed)


def _html(path: Path, playback: Playback, part: Part) -> None:
    from experiments.narrative.story import story
    from experiments.recordings.page import write_page

    write_page(path, playback, speed=part.speed, story="\n\n".join(story(playback)))


def _ttyrec(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.ttyrec import write_ttyrec

    settings = dict(playback.settings)
    write_ttyrec(path, settings, playback.seed, playback.keys, playback.dice, playback.thrown_at)


def _svg(path: Path, playback: Playback, part: Part) -> None:
    from experiments.frames.picture import save_svg

    decision = playback.decisions[part.decision - 1]
    save_svg(path, playback.snapshot(decision.end, decision), playback.title)


KINDS: dict[str, tuple[str, Callable[[Path, Playback, Part], None]]] = {
    "gif": ("animation", _gif),
    "mp4": ("video", _mp4),
    "cast": ("terminal recording", _cast),
    "html": ("page", _html),
    "ttyrec": ("ttyrec", _ttyrec),
    "svg": ("picture", _svg),
}
