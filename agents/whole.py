"""Files that are written whole or not at all, whatever stops the process or the power."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

PARTIAL = ".part-"  # begins the name of what is not finished; random letters follow
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
UNSYNCABLE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)  # of folders on some file systems


def write_whole(path: Path, data: bytes, sync: bool = True) -> None:
    """Write a file so that a reader sees all of it or the previous one, even after a crash.

    It is written beside under a name that nobody can guess, synced, and renamed. A link at `path`
    is replaced, never followed. The new name outlives a power cut after `sync_folder`.

    Args:
        path: of the file, in a folder that exists.
        data: all of it.
        sync: False for what can be told from damage and done without.

    Raises:
        OSError: names `path`; the previous file is there still, and nothing beside it.
    """
    partial = partial_name(path.parent)
    try:
        _write_new(partial, data, sync)
        os.replace(partial, path)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(partial)
        if isinstance(error, OSError) and error.errno:
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise


def partial_name(folder: Path) -> Path:
    """Return a name in a folder for something unfinished, which nobody can guess."""
    return folder / (PARTIAL + os.urandom(8).hex())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut: those that came and those that went."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in UNSYNCABLE:
            error.filename = str(folder)
            raise
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes, sync: bool) -> None:
    descriptor = os.open(path, NEW_FILE, 0o666)  # less what the user's umask takes away
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        if sync:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
