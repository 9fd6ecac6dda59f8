"""The formats that a game can be recorded in: `yendor watch` has an option for each.

A library is imported when its format is asked for, so that the command's help stays quick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.playback.playback import Playback


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


def _nothing(path: Path, speed: float) -> None:
    """Any file and any speed will do."""


@dataclass(frozen=True)
class Format:
    """One way to record a game.

    Attributes:
        noun: what the file is.
        help: of its option.
        write: writes a part of a game that was played out; the file is written whole or not at all.
        whole: whether it is always of the whole game, whatever part is asked for.
        timed: whether it needs a speed.
        check: raises a UserError for a file or a speed, keystrokes per second, that will not do.
        suffixes: of the file's name; omitted: a dot and the format's own.
    """

    noun: str
    help: str
    write: Callable[[Path, Playback, Part], None]
    whole: bool = False
    timed: bool = True
    check: Callable[[Path, float], None] = _nothing
    suffixes: tuple[str, ...] = ()


def _gif(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.video import write_gif

    write_gif(path, playback, first=part.first, last=part.last, speed=part.speed, width=part.width)


def _mp4(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.video import write_mp4

    write_mp4(path, playback, first=part.first, last=part.last, speed=part.speed, width=part.width)


def _check_video(path: Path, speed: float) -> None:
    from experiments.recordings.video import check_speed

    check_speed(speed)


def _check_mp4(path: Path, speed: float) -> None:
    from experiments.recordings.mp4 import program

    _check_video(path, speed)
    program()


def _html(path: Path, playback: Playback, part: Part) -> None:
    from experiments.narrative.story import story
    from experiments.recordings.page import write_page

    write_page(path, playback, speed=part.speed, story="\n\n".join(story(playback)))


def _cast(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.cast import write_cast

    write_cast(path, playback, first=part.first, last=part.last, speed=part.speed)


def _ttyrec(path: Path, playback: Playback, part: Part) -> None:
    from experiments.recordings.ttyrec import write_ttyrec

    settings = dict(playback.settings)
    write_ttyrec(path, settings, playback.seed, playback.keys, playback.dice, playback.thrown_at)


def _svg(path: Path, playback: Playback, part: Part) -> None:
    from experiments.frames.picture import save_svg

    decision = playback.decisions[part.decision - 1]
    save_svg(path, playback.snapshot(decision.end, decision), playback.title)


FORMATS: dict[str, Format] = {
    "gif": Format("animation", "Write an animation in NetHack's tiles.", _gif, check=_check_video),
    "mp4": Format("video", "Write a video in NetHack's tiles.", _mp4, check=_check_mp4),
    "html": Format(
        "page", "Write a page that plays the game in any browser.", _html, whole=True,
        suffixes=(".html", ".htm"),
    ),
    "cast": Format("terminal recording", "Write a terminal recording for asciinema.", _cast),
    "ttyrec": Format(
        "ttyrec", "Write NLE's own recording.", _ttyrec,
        whole=True, timed=False, suffixes=(".ttyrec3.bz2",),
    ),
    "svg": Format("picture", "Write a picture of one decision.", _svg, timed=False),
}  # fmt: skip
