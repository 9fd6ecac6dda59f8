"""Moving pictures of a game: GIF and MP4."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.errors import UserError
from experiments.outputs import whole_file
from experiments.playback.playback import Playback
from experiments.recordings import gif
from experiments.recordings.mp4 import encoder
from experiments.recordings.pictures import DEFAULT_PIXELS, Pictures

DEFAULT_KEYS_PER_SECOND, LEAST_KEYS_PER_SECOND, MOST_KEYS_PER_SECOND = (
    12.0,
    0.1,
    1_000.0,
)  # keystrokes per second
LAST_PICTURE_SECONDS = 2.0  # that the last picture stays
GIF_TICKS_PER_SECOND = 100  # a GIF counts in hundredths of a second
MP4_RATE = 60  # pictures per second at most


def write_gif(
    path: Path, playback: Playback, *, first: int = 0, last: int | None = None,
    speed: float = DEFAULT_KEYS_PER_SECOND, width: int = DEFAULT_PIXELS,
) -> None:  # fmt: skip
    """Write a GIF that repeats for ever; the file appears whole or not at all.

    There is a picture for every keystroke. The first one of a decision stays for twice as long, the
    last one of all for 2 seconds. Above 50 pictures a second some are left out.

    Args:
        path: of the file.
        playback: it is played on as far as needed.
        first, last: positions; without a last one, the end of what was played so far.
        speed: keystrokes per second.
        width: in pixels.

    Raises:
        UserError: for a stretch, speed or width that can't be, and where no file can be written.
    """
    with whole_file(path) as partial, partial.open("wb") as file:
        pictures, times = _prepare(playback, first, last, speed, width)
        file.write(gif.header(pictures.size, pictures.palette))
        for image in gif.images(pictures, ticks(times, GIF_TICKS_PER_SECOND, gif.LEAST_HUNDREDTHS)):
            file.write(image)
        file.write(gif.END)


def write_mp4(
    path: Path, playback: Playback, *, first: int = 0, last: int | None = None,
    speed: float = DEFAULT_KEYS_PER_SECOND, width: int = DEFAULT_PIXELS,
) -> None:  # fmt: skip
    """Write an MP4 (H.264) that browsers play; arguments and errors are those of `write_gif`.

    Above 60 pictures a second some are left out.
    """
    with whole_file(path) as partial:
        pictures, times = _prepare(playback, first, last, speed, width)
        rate = min(speed, MP4_RATE)
        with encoder(partial, pictures.size, pictures.palette, rate) as show:
            for picture, count in zip(pictures, ticks(times, rate), strict=True):
                for _ in range(count):
                    show(picture)


def check_speed(speed: float) -> None:
    """Raise `UserError` for a speed that no recording can have."""
    if not LEAST_KEYS_PER_SECOND <= speed <= MOST_KEYS_PER_SECOND:
        raise UserError(
            f"a recording can't show {speed:g} keystrokes per second;"
            f" choose from {LEAST_KEYS_PER_SECOND:g} to {MOST_KEYS_PER_SECOND:,g}"
        )


def start_times(playback: Playback, first: int, last: int, speed: float) -> np.ndarray:
    """When each picture begins, and at the end when the last one ends: (n + 1,) seconds."""
    seconds = np.full(last - first + 1, 1 / speed)
    starts = np.array([decision.start for decision in playback.decisions]) - first
    seconds[starts[(starts >= 0) & (starts < len(seconds))]] *= 2
    seconds[-1] = LAST_PICTURE_SECONDS
    return np.append(0, seconds.cumsum())


def ticks(times: np.ndarray, rate: float, least: int = 1) -> list[int]:
    """How long each picture stays.

    Args:
        times: as `start_times` returns them.
        rate: ticks per second.
        least: what stays for fewer ticks is left out, and the next picture shown in its time.

    Returns:
        Ticks of each picture, 0 for those left out.
    """
    ends = np.rint(times[1:] * rate).astype(int).tolist()
    counts, begun = [], 0
    for end in ends:
        counts.append(end - begun if end - begun >= least else 0)
        begun += counts[-1]
    counts[-1] = max(counts[-1], least)
    return counts


def _prepare(
    playback: Playback, first: int, last: int | None, speed: float, width: int
) -> tuple[Pictures, np.ndarray]:
    """Plays the playback as far as needed."""
    check_speed(speed)
    last = playback.play_part(first, last)
    return Pictures(playback, first, last, width), start_times(playback, first, last, speed)
