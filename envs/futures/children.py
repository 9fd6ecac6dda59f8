"""Work done in forked children: bounded in number and time, and gone when their parent is."""

from __future__ import annotations

import faulthandler
import os
import pickle
import selectors
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from envs.futures.shelter import leave_terminal, shelter
from envs.processes import death, end_with, undisturbed

Job = TypeVar("Job")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child sent: the work's result, or why there is none."""

    result: Any = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Child:
    number: int
    pid: int
    pipe: int
    deadline: float
    folder: Path


def forked(
    jobs: Sequence[Job], work: Callable[[Job, Path], Any], workers: int, seconds: float
) -> Iterator[tuple[Job, Answer]]:
    """Do each job in a forked child, an exact copy of this process; yields them in order.

    Children start while the caller waits for the next answer. When the caller stops early, those
    that still work are killed; when this process dies, the kernel kills them.

    Args:
        jobs: what `work` is called with.
        work: runs in the child, with a path of its own for files, which is removed afterwards; its
            result must be picklable.
        workers: the most children at a time.
        seconds: of wall-clock time that a child may take.
    """
    children: dict[int, _Child] = {}
    answers: dict[int, Answer] = {}
    waiting = iter(range(len(jobs)))
    with shelter() as home:
        try:
            for number, job in enumerate(jobs):
                while number not in answers:
                    while len(children) < workers and (new := next(waiting, None)) is not None:
                        with undisturbed():
                            child = _fork(new, jobs[new], work, seconds, home / str(new))
                            children[new] = child
                    for child, answer in _wait(list(children.values()), seconds):
                        answers[child.number] = answer
                        del children[child.number]
                yield job, answers.pop(number)
        finally:
            for child in children.values():
                _end(child)


def _fork(
    number: int, job: Job, work: Callable[[Job, Path], Any], seconds: float, folder: Path
) -> _Child:
    parent = os.getpid()
    reading, writing = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if not pid:
        _live(parent, job, work, folder, writing)
    os.close(writing)
    return _Child(number, pid, reading, time.monotonic() + seconds, folder)


def _live(
    parent: int, job: Job, work: Callable[[Job, Path], Any], folder: Path, writing: int
) -> None:
    """Live the child's life; it ends without the parent's cleaning up (`os._exit`)."""
    try:
        _settle(parent)
        try:
            answer = pickle.dumps(Answer(work(job, folder)))
        except Exception as error:
            answer = pickle.dumps(Answer(fault=f"{type(error).__name__}: {error}"))
        with open(writing, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _settle(parent: int) -> None:
    """Sees to it that the child dies with its parent, and not of what is meant for the parent."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    end_with(parent)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    faulthandler.disable()  # it writes to wherever it was told to
    leave_terminal()


def _wait(children: Sequence[_Child], seconds: float) -> Iterator[tuple[_Child, Answer]]:
    """Wait for the next child to answer or to overrun; yields all that have."""
    patience = min(child.deadline for child in children) - time.monotonic()
    with selectors.DefaultSelector() as selector:
        for child in children:
            selector.register(child.pipe, selectors.EVENT_READ)
        ready = {key.fd for key, _ in selector.select(max(patience, 0))}
    now = time.monotonic()
    for child in children:
        if child.pipe in ready:
            yield child, _read(child)
        elif now >= child.deadline:
            _end(child)
            yield child, Answer(fault=f"took longer than {seconds:g} seconds")


def _read(child: _Child) -> Answer:
    """Take the answer of a child that has begun to send it, or has died."""
    data = bytearray()
    while piece := os.read(child.pipe, 1 << 16):
        data += piece
    status = _end(child, kill=False)
    try:
        answer: Answer = pickle.loads(data)
        return answer
    except (EOFError, pickle.UnpicklingError):
        return Answer(fault=death(os.waitstatus_to_exitcode(status)))


def _end(child: _Child, kill: bool = True) -> int:
    """End a child for good, and removes its files; return its status, as `os.waitpid` does."""
    with suppress(OSError):
        os.close(child.pipe)
    if kill:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
    status = 0
    with suppress(ChildProcessError):
        _, status = os.waitpid(child.pid, 0)
    shutil.rmtree(child.folder, ignore_errors=True)
    return status
