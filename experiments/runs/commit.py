"""A run's checkpoint: a folder that is replaced as one, and read while it is being replaced.

The new one is written beside, as ``checkpoint.new``, and synced. Then the last one is renamed to
``checkpoint.old``, the new one to ``checkpoint``, and the old one goes. Wherever that is cut, the
old one or the new one is there whole. Readers take that; only a writer puts the names right.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from agents.bounded import parse_json, read_bounded
from agents.whole import PARTIAL, partial_name, sync_folder

CHECKPOINT = "checkpoint"
NEW, OLD = CHECKPOINT + ".new", CHECKPOINT + ".old"
SAYS = "checkpoint.json"  # of a checkpoint, written last
MOST_JSON = 2**20  # bytes of a small file
ATTEMPTS, PAUSE = 50, 0.02  # seconds between attempts to read what is being replaced

T = TypeVar("T")


def commit(folder: Path, write: Callable[[Path], None]) -> None:
    """Replace a run's checkpoint, so that it is the old one or the new one after any crash.

    Args:
        folder: the run's, which nobody else writes into.
        write: writes a checkpoint into an empty folder: synced files, `SAYS` the last of them.
    """
    put_right(folder)
    new, current, old = folder / NEW, folder / CHECKPOINT, folder / OLD
    new.mkdir()
    write(new)
    sync_folder(new)
    sync_folder(folder)
    with suppress(FileNotFoundError):
        current.rename(old)
    new.rename(current)
    sync_folder(folder)
    remove(old)


def put_right(folder: Path) -> None:
    """End a `commit` that was cut off, and remove what it left."""
    if not (folder / CHECKPOINT).exists():
        with suppress(FileNotFoundError):
            current_checkpoint(folder).rename(folder / CHECKPOINT)
        sync_folder(folder)
    remove(folder / NEW)
    remove(folder / OLD)
    remove_partials(folder)


def remove_partials(*folders: Path) -> None:
    """Remove what was being written into some folders when a process was killed.

    A link is no folder of the run's: what lies there is let lie.
    """
    for folder in folders:
        for leftover in () if folder.is_symlink() else folder.glob(PARTIAL + "*"):
            remove(leftover)


def remove(path: Path) -> None:
    """Remove a file, a folder or a link, which is gone from its name at once or not at all.

    Raises:
        OSError: when it can't be.
    """
    aside = path if path.name.startswith(PARTIAL) else partial_name(path.parent)
    try:
        if aside != path:
            path.rename(aside)
        _delete(aside)
    except FileNotFoundError:
        return
    except BaseException:  # such as a signal, which comes once
        _delete(aside)
        raise


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)  # what is left does no harm under such a name
    else:
        path.unlink(missing_ok=True)


def current_checkpoint(folder: Path) -> Path:
    """Return where a run's last whole checkpoint is; changes nothing."""
    if not (folder / CHECKPOINT).exists():
        if _is_whole(folder / NEW):
            return folder / NEW
        if (folder / OLD).exists():
            return folder / OLD
    return folder / CHECKPOINT


def read_checkpoint(folder: Path, read: Callable[[Path], T]) -> T:
    """Return what is read from a run's checkpoint: all of it from the same one.

    Args:
        folder: the run's; a trainer may replace its checkpoint meanwhile.
        read: reads a checkpoint's folder; asked again if another one took its place.
    """
    for _ in range(ATTEMPTS):
        place = current_checkpoint(folder)
        before = _identity(place)
        try:
            found = read(place)
        except Exception:
            if _identity(current_checkpoint(folder)) == before:
                raise
        else:
            if _identity(current_checkpoint(folder)) == before:
                return found
        time.sleep(PAUSE)
    return read(current_checkpoint(folder))


def _is_whole(checkpoint: Path) -> bool:
    try:
        return bool(parse_json(read_bounded(checkpoint / SAYS, MOST_JSON)))
    except (OSError, ValueError):
        return False


def _identity(place: Path) -> tuple[object, ...]:
    """Return what differs for every checkpoint and every place of it."""
    try:
        found = place.stat()
    except OSError:
        return (place,)
    return place, found.st_dev, found.st_ino, found.st_mtime_ns
