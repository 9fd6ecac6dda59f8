"""A file system in a file, and copies of it as a power cut would leave the disk."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTES = 96
# The harshest that ext4 is mounted with: names reach the disk each second, and data may come later.
OPTIONS = "loop,commit=1,noauto_da_alloc,data=writeback"
QUIET = 20.0  # seconds to wait for a moment in which nothing is written
PAUSE = 0.02


class Unavailable(Exception):
    """Nothing can be mounted here; says why."""


def check_available() -> None:
    """Raise Unavailable where no file system can be made and mounted."""
    if os.geteuid() != 0:
        raise Unavailable("only root mounts file systems")
    with tempfile.TemporaryDirectory(prefix="power-") as folder:
        image = Path(folder) / "image"
        try:
            make(image)
            with mounted(image, Path(folder) / "disk"):
                pass
        except RuntimeError as error:
            raise Unavailable(str(error)) from None


def make(image: Path) -> None:
    """Make an ext4 file system in a new file."""
    with image.open("wb") as file:
        file.truncate(MEGABYTES * 2**20)
    _done("mkfs.ext4", "-q", "-F", image)


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """Mount a file system at a folder, which is made; its journal is replayed."""
    place.mkdir(exist_ok=True)
    _done("mount", "-o", OPTIONS, image, place)
    try:
        yield place
    finally:
        _done("umount", place)


def copied(image: Path, place: Path, copy: Path) -> None:
    """Copy the file of a mounted file system as it is at one moment, without its unwritten data.

    What only the kernel's memory knows is not in the file, as it would not be on the disk. Should
    anything be written meanwhile, the copy is made anew.

    Raises:
        RuntimeError: when there is no such moment.
    """
    until = time.monotonic() + QUIET
    while time.monotonic() < until:
        before = _written(place)
        _done("cp", "--sparse=always", image, copy)
        if before is not None and before == _written(place):
            return
        time.sleep(PAUSE)
    raise RuntimeError(f"{image}: is written to all the time")


def is_sound(image: Path) -> bool:
    """Whether a file system that is not mounted is in order, by e2fsck."""
    return subprocess.run(["e2fsck", "-fn", image], capture_output=True).returncode == 0


def _written(place: Path) -> str | None:
    """Return how much was written to the device at a folder; None while a write is under way.

    The kernel's figures are in Documentation/block/stat.rst.
    """
    device = os.stat(place).st_dev
    stat = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/stat").read_text().split()
    return None if int(stat[8]) else " ".join(stat[4:8])


def _done(*words: str | Path) -> None:
    try:
        subprocess.run(words, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise RuntimeError(f"there is no {words[0]}") from None
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"{words[0]}: {error.stderr.strip()}") from None
