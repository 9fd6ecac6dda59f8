"""Where NetHack keeps its levels and records: a folder that is gone soon after its processes.

Every process that plays holds a lock (flock) on the folder; the kernel lets go of it however the
process ends. A guard, a process of its own, waits for the last of them and removes the folder;
should the guard be killed too, whoever plays next removes it. Worker processes share the folder of
the one that started them.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "yendor-games-"
GUARD = """
import fcntl, os, shutil, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(folder, fcntl.LOCK_EX)
shutil.rmtree(sys.argv[1], ignore_errors=True)
"""

_home: Path | None = None
_changing = threading.RLock()


def home() -> Path:
    """Return the folder, made at the first call; a forked process shares it with its parent."""
    global _home
    with _changing:
        if _home is None or not _home.is_dir():  # or someone tidied up
            _sweep()
            _home = _claim()
        return _home


def settle(folder: Path) -> None:
    """Keep this process's games in a folder inside another process's `home`, to be made."""
    global _home
    with _changing:
        folder.mkdir(mode=0o700, exist_ok=True)
        _hold(folder.parent)
        _home = folder


@contextmanager
def in_home() -> Iterator[None]:
    """Let temporary folders that are made meanwhile lie in `home`, as NLE's do."""
    with _changing:
        before, tempfile.tempdir = tempfile.tempdir, str(home())
        try:
            yield
        finally:
            tempfile.tempdir = before


def _claim() -> Path:
    while True:  # until nobody else, who begins at the same time, sweeps it before it is held
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            descriptor = _hold(folder)
            if folder.is_dir():
                break
            os.close(descriptor)
    _post_guard(folder)
    atexit.register(_leave, folder, descriptor, os.getpid())
    return folder


def _post_guard(folder: Path) -> None:
    command = [sys.executable, "-I", "-S", "-c", GUARD, str(folder)]
    nowhere = subprocess.DEVNULL
    with suppress(OSError):  # no more processes: the folder is removed at exit, or by the next
        guard = subprocess.Popen(
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, cwd="/"
        )
        guard.returncode = 0  # nobody waits for it


def _hold(folder: Path) -> int:
    """Share the lock on a folder for as long as this process lives."""
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # a file system without locks: NLE's own cleaning up must do
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _leave(folder: Path, descriptor: int, owner: int) -> None:
    """At exit: remove the folder unless other processes still use it."""
    if os.getpid() == owner:
        os.close(descriptor)
        _remove_unused(folder)


def _sweep() -> None:
    """Remove the folders of processes that are gone, with their guards."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        _remove_unused(folder)


def _remove_unused(folder: Path) -> None:
    with suppress(OSError):  # in use; someone else's; gone
        descriptor = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
        try:
            if os.fstat(descriptor).st_uid == os.getuid():
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(descriptor)
