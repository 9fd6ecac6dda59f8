"""Who writes into a run, or searches: one process at a time, which the others can name. Readers
need no lock.

The lock is the kernel's (`flock`), on a file in the run folder; it is free when its holder ends,
however that comes about. The file says who holds it.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shlex
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from experiments.errors import RunError, escaped
from experiments.printable import say

TRAINING, EVALUATING, TUNING = "training.lock", "evaluating.lock", "tuning.lock"
FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)  # of some network file systems
LONGEST = 4_096  # bytes of what a holder says of itself
POLL_SECONDS = 0.5

_descriptors: set[int] = set()  # of locks of this process


@dataclass(frozen=True)
class Lock:
    """A lock that this process holds.

    Attributes:
        path: of its file.
        descriptor: of that file, open.
        locked: False where the file system has no locks.
    """

    path: Path
    descriptor: int
    locked: bool

    def check(self) -> None:
        """Raise RunError unless the folder is still the one that was locked."""
        if not _is_at(self.descriptor, self.path):
            raise RunError(
                f"{escaped(self.path.parent)}: was moved, deleted or replaced while it was written"
            )

    def release(self) -> None:
        """Let others write; the file goes, unless the folder is another one by now."""
        with suppress(OSError):
            if self.locked and _is_at(self.descriptor, self.path):
                os.unlink(self.path)
        _descriptors.discard(self.descriptor)
        os.close(self.descriptor)


@contextmanager
def held(folder: Path, kind: str) -> Iterator[Lock]:
    """Hold a lock of the folder of a run, or a search.

    Raises:
        RunError: says who holds it.
        OSError: when its file can't be written.
    """
    lock = take(folder / kind)
    if lock is None:
        raise RunError(f"{escaped(folder)}: is held by {holder(folder / kind)}; wait, or stop it")
    try:
        yield lock
    finally:
        lock.release()


@contextmanager
def waited_for(folder: Path, kind: str, needless: Callable[[], bool]) -> Iterator[Lock | None]:
    """Hold a lock of a run folder as soon as it is free; says whom it waits for.

    Args:
        needless: asked again and again; once it says so, None is given at once.
    """
    lock, said = None, False
    while not needless() and (lock := take(folder / kind)) is None:
        if not said:
            told = f"{escaped(folder)}: waiting for {holder(folder / kind)}"
            say(f"{told}; what it plays is not played twice", err=True)
        said = True
        time.sleep(POLL_SECONDS)
    try:
        yield lock
    finally:
        if lock:
            lock.release()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait, for a moment, until no other process reads and rewrites a file of a folder, so that
    what each adds is kept.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def take(path: Path) -> Lock | None:
    """Return a lock by its file, or None if somebody holds it.

    Raises:
        OSError: when the file can't be written.
    """
    while True:
        descriptor = os.open(path, FLAGS, 0o666)
        try:
            locked = _flock(descriptor, path)
            if locked is None:
                os.close(descriptor)
                return None
            if _is_at(descriptor, path):
                _introduce(descriptor)
                _descriptors.add(descriptor)
                return Lock(path, descriptor, locked)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # its last holder has just removed the file: begin anew


def remove_free(path: Path) -> None:
    """Remove the file of a lock that was left by a process that was killed."""
    if path.exists() and (lock := take(path)):
        lock.release()


def holder(path: Path) -> str:
    """Return who holds a lock, as it says itself: process, host, command, since when."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            said = json.loads(os.read(descriptor, LONGEST))
        finally:
            os.close(descriptor)
        who = f"process {int(said['pid'])} on {escaped(said['host'])}"
        return f"{who}, since {escaped(said['since'])}: {escaped(said['command'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _flock(descriptor: int, path: Path) -> bool | None:
    """Return whether the file is locked now: None if by others, False where there are no locks."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise RunError(f"{escaped(path)}: is no file, so it can't be a lock; remove it")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    except OSError as error:
        if error.errno not in NO_LOCKS:
            error.filename = str(path)
            raise
        told = f"{escaped(path.parent)}: this file system has no locks"
        say(f"{told}: see to it that nobody else writes there", err=True)
        return False
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one at a path."""
    try:
        there, ours = os.stat(path, follow_symlinks=False), os.fstat(descriptor)
    except OSError:
        return False
    return os.path.samestat(there, ours)


def _introduce(descriptor: int) -> None:
    """Write into a lock's file who holds it."""
    about = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": time.strftime("%Y-%m-%d %H:%M:%S"),
        "command": shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])[: LONGEST // 4],
    }
    with suppress(OSError):  # a full disk: the lock holds, and its holder has no name
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(about).encode(), 0)


def _forget() -> None:
    """Close a forked child's copies: the lock ends with this process, not with the last child."""
    for descriptor in _descriptors:
        with suppress(OSError):
            os.close(descriptor)
    _descriptors.clear()


os.register_at_fork(after_in_child=_forget)
