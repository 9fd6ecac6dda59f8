"""H.264 in an MP4 file, by the ffmpeg that imageio-ffmpeg brings along, or the system's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from experiments.errors import UserError

# Colours at half the resolution (yuv420p) and the index in front (faststart) are for browsers.
_CODEC = (
    "-c:v", "libx264", "-preset", "veryfast", "-crf", "25", "-pix_fmt", "yuv420p",
    "-x264-params", "subme=1:me=dia",  # nothing moves by less than a tile
)  # fmt: skip
_FILE = ("-movflags", "+faststart", "-f", "mp4", "-y")


@contextmanager
def encoder(
    path: Path, size: tuple[int, int], palette: np.ndarray, rate: float
) -> Iterator[Callable[[np.ndarray], None]]:
    """Give a function that takes one picture after the other, (height, width) uint8.

    Args:
        path: of the file, which is complete when the context is left.
        size: (width, height) in pixels, both even.
        palette: (n, 3) uint8; the pictures are indices into it.
        rate: pictures per second.

    Raises:
        UserError: without ffmpeg.
        OSError: when it fails.
    """
    colors = np.full((256, 4), 255, np.uint8)  # blue, green, red, opacity
    colors[: len(palette), :3] = palette[:, ::-1]
    source = ("-f", "rawvideo", "-pix_fmt", "pal8", "-s", "{}x{}".format(*size), "-r", str(rate))
    with _ffmpeg(*source, "-i", "-", *_CODEC, *_FILE, str(path.absolute())) as pipe:

        def show(picture: np.ndarray) -> None:
            pipe.write(np.ascontiguousarray(picture).data)
            pipe.write(colors.data)

        yield show


def program() -> str:
    """Return the path of ffmpeg: of the extra ``mp4``, or else of the system.

    Raises:
        UserError: says how to get it.
    """
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        found = shutil.which("ffmpeg")
    if found is None:
        raise UserError('an MP4 needs ffmpeg: pip install "yendor[mp4]", or install ffmpeg itself')
    return found


@contextmanager
def _ffmpeg(*arguments: str) -> Iterator[IO[bytes]]:
    """Run ffmpeg; give its input."""
    process = subprocess.Popen(
        [program(), "-v", "error", *arguments], stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for this process to handle
    )  # fmt: skip
    assert process.stdin is not None
    try:
        yield process.stdin
    except BrokenPipeError:
        pass  # ffmpeg has given up, and says why
    except BaseException:
        process.kill()
        raise
    finally:
        _, said = process.communicate()
    if process.returncode:
        raise OSError(f"ffmpeg: {said.decode(errors='replace').strip()}")
