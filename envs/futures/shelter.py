"""A folder that vanishes with the processes that use it, however they die."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from envs.processes import undisturbed

PREFIX = "yendor-futures-"


@contextmanager
def shelter() -> Iterator[Path]:
    """Make a temporary folder, which is removed at the end, even if this process is killed.

    A janitor waits, in a process and a session of its own, at the reading end of a pipe, of which
    this process and its children hold the writing end. It hears nothing until the last of them is
    gone, be it by SIGKILL, and then removes the folder.
    """
    folder = Path(tempfile.gettempdir(), PREFIX + secrets.token_hex(8))
    with undisturbed():
        reading, writing = os.pipe()
        janitor = os.fork()
        if not janitor:
            _keep_clean(folder, reading, writing)
        os.close(reading)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.kill(janitor, signal.SIGKILL)
        os.waitpid(janitor, 0)
        os.close(writing)


def leave_terminal() -> None:
    """In a child: neither its messages nor a crash's reach the terminal or whoever reads it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _keep_clean(folder: Path, reading: int, writing: int) -> None:
    """Live the janitor's life."""
    try:
        os.setsid()
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        os.close(writing)
        leave_terminal()
        os.read(reading, 1)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)
