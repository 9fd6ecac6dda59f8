"""Processes that end with the one that started them."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PR_SET_PDEATHSIG = 1  # linux/prctl.h
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # what people and systems end it by
SECONDS_BETWEEN_LOOKS = 1.0  # at whether the parent lives, where the kernel does not tell


def end_with(parent: int) -> None:
    """Let this process be killed when its parent ends, however that ends; it leaves no core file.

    On Linux the kernel sees to it, even while C code runs for ever.

    Args:
        parent: its process id: it may have ended before this is called.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        signal.signal(signal.SIGALRM, lambda *_: _leave_unless_child_of(parent))
        signal.setitimer(signal.ITIMER_REAL, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS)
    _leave_unless_child_of(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off what asks this process to end: one that was just started is never left unrecorded.

    The new process inherits that, until it decides for itself.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_unless_child_of(parent: int) -> None:
    if os.getppid() != parent:
        os._exit(1)


def death(code: int) -> str:
    """Say how a process ended.

    Args:
        code: its exit code, or the negative number of the signal that killed it, as
            `subprocess.Popen.returncode` and `os.waitstatus_to_exitcode` have it.
    """
    if code >= 0:
        return "its process ended without an answer"
    name = signal.Signals(-code).name
    how = "was killed" if -code in (signal.SIGKILL, signal.SIGTERM) else "crashed"
    return f"its process {how} ({name})"
