"""Worker processes of this machine, and the games that they play.

A worker that dies, or that takes longer over a game or a decision than the limits allow, is
replaced; its game is a `Fault`, with what the worker had noted of it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import selectors
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

from envs.nethack import folders
from envs.processes import death
from experiments.config.models import LimitsConfig
from experiments.training import worker
from experiments.training.batch import Batch
from experiments.training.faults import Fault
from experiments.training.notebook import Notebook
from experiments.training.team import Result

LONGEST_LOOK = 1.0  # seconds between two looks at what the workers are doing
STARTING = 300.0  # seconds that a worker may take before it can play
SENDING = 60.0  # seconds that a worker may take to hear what it is told
PIECE = 1 << 20


class Worker:
    """A worker process, as the process that started it sees it.

    Attributes:
        seed: of the game that it plays; None while it waits for one.
    """

    _numbers = count()

    def __init__(self) -> None:
        self._notebook = Notebook()
        self._folder = folders.home() / f"worker-{os.getpid()}-{next(self._numbers)}"
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = worker.start(theirs, self._notebook, self._folder)
        self.line.settimeout(SENDING)
        self.seed: int | None = None
        self._batch: Batch | None = None
        self._inbox = bytearray()
        self._beats, self._starting, self._on_game, self._on_decision = 0, 0.0, 0.0, 0.0

    def send(self, batch: Batch, packed: bytes, seed: int) -> None:
        """Let it play a game.

        Raises:
            OSError: when it has died, or does not listen.
        """
        if self._batch is not batch:
            self.line.sendall(packed)
            self._batch = batch
        self.line.sendall(worker.pack(seed))
        self.seed, self._on_game, self._on_decision = seed, 0.0, 0.0

    def answer(self) -> Any:
        """Return what it has sent, or None as long as that is not all; it is ready to be read.

        Raises:
            EOFError: when it has died.
        """
        piece = self.line.recv(PIECE)
        if not piece:
            raise EOFError
        self._inbox += piece
        head = worker.LENGTH.size
        if len(self._inbox) < head:
            return None
        (size,) = worker.LENGTH.unpack_from(self._inbox)
        if len(self._inbox) < head + size:
            return None
        answer = pickle.loads(memoryview(self._inbox)[head:])
        self._inbox, self.seed = bytearray(), None
        return answer

    def overrun(self, seconds: float, limits: LimitsConfig) -> str:
        """Say which limit it has overrun, after it was waited for so much longer; "" for none."""
        if not self._notebook.beats:  # it starts
            self._starting += seconds
            return f"took longer than {STARTING:g} to start" if self._starting > STARTING else ""
        self._on_game, self._on_decision = self._on_game + seconds, self._on_decision + seconds
        if self._notebook.beats != self._beats:
            self._beats, self._on_decision = self._notebook.beats, 0.0
        for spent, limit, what in (
            (self._on_game, limits.seconds_per_game, "the game"),
            (self._on_decision, limits.seconds_per_decision, "a decision"),
        ):
            if limit is not None and spent > limit:
                return f"took longer than {limit:g} seconds over {what}"
        return ""

    def fault(self, why: str) -> Fault:
        """Return what is known of the game that it does not bring to an end."""
        assert self.seed is not None
        return Fault(self.seed, why, self._notebook.read())

    def end(self) -> str:
        """End it for good, if it has not ended; return how it did, if it did by itself."""
        code = self.process.poll()
        with suppress(OSError):
            self.process.kill()
        killed = self.process.wait()
        self.line.close()
        self._notebook.discard()
        shutil.rmtree(self._folder, ignore_errors=True)
        if worker.OUT_OF_MEMORY in (code, killed):
            return "its process ran out of memory"
        return death(killed if code is None else code)


class Crew:
    """The workers of this process: they are kept from one batch to the next."""

    def __init__(self) -> None:
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._owner = os.getpid()

    @contextmanager
    def playing(self, batch: Batch, workers: int) -> Iterator[CrewAtWork]:
        """Let so many of them play games of a batch; games that are under way at the end are
        broken off.
        """
        for surplus in self._workers[workers:]:
            self.dismiss(surplus)
        try:
            yield CrewAtWork(self, batch, workers)
        finally:
            for one in [one for one in self._workers if one.seed is not None]:
                self.dismiss(one)

    def idle(self) -> Worker:
        """Return a worker that waits for a game; a new one if all have one."""
        for one in self._workers:
            if one.seed is None:
                if one.process.poll() is None:
                    return one
                self.dismiss(one)
                break
        new = Worker()
        self._workers.append(new)
        self._selector.register(new.line, selectors.EVENT_READ, new)
        return new

    @property
    def busy(self) -> list[Worker]:
        """Those that play."""
        return [one for one in self._workers if one.seed is not None]

    @property
    def pids(self) -> list[int]:
        """The workers' process ids."""
        return [one.process.pid for one in self._workers]

    def ready(self, seconds: float) -> list[Worker]:
        """Wait so long for workers to send something, or to die; return those that did."""
        return [key.data for key, _ in self._selector.select(seconds)]

    def dismiss(self, one: Worker) -> str:
        """End a worker; return how it had ended by itself."""
        self._selector.unregister(one.line)
        self._workers.remove(one)
        return one.end()

    def end(self) -> None:
        """End them all: at the end of the process that they belong to."""
        if os.getpid() == self._owner:
            for one in list(self._workers):
                self.dismiss(one)


class CrewAtWork:
    """A `Team` of worker processes."""

    def __init__(self, crew: Crew, batch: Batch, workers: int) -> None:
        self._crew, self._batch, self._workers = crew, batch, workers
        self._packed, self._limits = worker.pack(batch), batch.config.limits
        limits = (self._limits.seconds_per_game, self._limits.seconds_per_decision)
        self._look = min([LONGEST_LOOK, *(limit / 4 for limit in limits if limit)])

    def free(self) -> int:
        """See `Team`."""
        return self._workers - len(self._crew.busy)

    def send(self, seed: int) -> None:
        """See `Team`."""
        while True:
            one = self._crew.idle()
            try:
                return one.send(self._batch, self._packed, seed)
            except OSError:  # it died, or was stopped, while it had nothing to do
                self._crew.dismiss(one)

    def results(self) -> list[Result]:
        """See `Team`."""
        found: list[Result] = []
        while not found:
            began = time.monotonic()
            for one in self._crew.ready(self._look):
                found += self._hear(one)
            # If this process was itself stopped for a while, nobody else is to blame.
            seconds = min(time.monotonic() - began, 2 * self._look)
            for one in self._crew.busy:
                if why := one.overrun(seconds, self._limits):
                    found.append(one.fault(why))
                    self._crew.dismiss(one)
        return found

    def _hear(self, one: Worker) -> list[Result]:
        try:
            answer = one.answer()
        except (EOFError, OSError):
            lost = one.fault("") if one.seed is not None else None
            how = self._crew.dismiss(one)
            return [Fault(lost.seed, how, lost.notes)] if lost else []
        return [] if answer is None else [answer]


_crew: Crew | None = None


def crew() -> Crew:
    """Return this process's."""
    global _crew
    if _crew is None or _crew._owner != os.getpid():
        _crew = Crew()
        atexit.register(_crew.end)
    return _crew
