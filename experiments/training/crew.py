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
from experiments.training import worker
from experiments.training.batch import Batch
from experiments.training.faults import Fault
from experiments.training.notebook import Notebook
from experiments.training.team import Game, Result

LONGEST_LOOK = 1.0  # seconds between two looks at what the workers are doing
STARTING = 300.0  # seconds that a worker may take before it can play
SENDING = 60.0  # seconds that a worker may take to hear what it is told
PIECE = 1 << 20


class Worker:
    """A worker process, as the process that started it sees it.

    Attributes:
        game: that it plays; None while it waits for one.
    """

    _numbers = count()

    def __init__(self) -> None:
        self._notebook = Notebook()
        self._folder = folders.home() / f"worker-{os.getpid()}-{next(self._numbers)}"
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = worker.start(theirs, self._notebook, self._folder)
        self.line.settimeout(SENDING)
        self.game: Game | None = None
        self._batch: Batch | None = None
        self._inbox = bytearray()
        self._beats, self._starting, self._on_game, self._on_decision = 0, 0.0, 0.0, 0.0

    def send(self, game: Game, packed: bytes) -> None:
        """Let it play a game, of a batch that is given packed too.

        Raises:
            OSError: when it has died, or does not listen.
        """
        if self._batch is not game.batch:
            self.line.sendall(packed)
            self._batch = game.batch
        self.line.sendall(worker.pack(game.seed))
        self.game, self._on_game, self._on_decision = game, 0.0, 0.0

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
        self._inbox, self.game = bytearray(), None
        return answer

    def overrun(self, seconds: float) -> str:
        """Say which limit it has overrun, after it was waited for so much longer; "" for none."""
        assert self.game is not None
        limits = self.game.batch.config.limits
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
        assert self.game is not None
        return Fault(self.game.seed, why, self._notebook.read())

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
        """Let so many of them play games of a batch; those that are under way at the end are
        broken off.
        """
        for surplus in self._workers[workers:]:
            self.dismiss(surplus)
        try:
            yield CrewAtWork(self, batch, workers)
        finally:
            for one in self.busy:
                if one.game and one.game.batch is batch:
                    self.dismiss(one)

    def idle(self) -> Worker:
        """Return a worker that waits for a game; a new one if all have one."""
        for one in self._workers:
            if one.game is None:
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
        return [one for one in self._workers if one.game is not None]

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

    apart = True

    def __init__(self, crew: Crew, batch: Batch, workers: int) -> None:
        self._crew, self._workers = crew, workers
        self._packed = {id(batch): (batch, worker.pack(batch))}  # which keeps the batch alive
        limits = (batch.config.limits.seconds_per_game, batch.config.limits.seconds_per_decision)
        self._longest = min([LONGEST_LOOK, *(limit / 4 for limit in limits if limit)])

    def free(self) -> int:
        """See `Team`."""
        return self._workers - len(self._crew.busy)

    def send(self, game: Game) -> None:
        """See `Team`."""
        if id(game.batch) not in self._packed:
            self._packed[id(game.batch)] = game.batch, worker.pack(game.batch)
        while True:
            one = self._crew.idle()
            try:
                return one.send(game, self._packed[id(game.batch)][1])
            except OSError:  # it died, or was stopped, while it had nothing to do
                self._crew.dismiss(one)

    def under_way(self) -> list[Game]:
        """See `Team`."""
        return [one.game for one in self._crew.busy if one.game]

    def results(self, wait: bool = True) -> list[tuple[Game, Result]]:
        """See `Team`."""
        found = self._look(self._longest if wait else 0.0)
        while wait and not found:
            found = self._look(self._longest)
        return found

    def _look(self, longest: float) -> list[tuple[Game, Result]]:
        """Wait so many seconds at most for workers that have something to say."""
        found: list[tuple[Game, Result]] = []
        began = time.monotonic()
        for one in self._crew.ready(longest):
            found += self._hear(one)
        # If this process was itself stopped for a while, nobody else is to blame.
        seconds = min(time.monotonic() - began, 2 * longest)
        for one in self._crew.busy:
            if (why := one.overrun(seconds)) and one.game:
                found.append((one.game, one.fault(why)))
                self._crew.dismiss(one)
        return found

    def _hear(self, one: Worker) -> list[tuple[Game, Result]]:
        game = one.game
        try:
            answer = one.answer()
        except (EOFError, OSError):
            lost = one.fault("") if game else None
            how = self._crew.dismiss(one)
            return [(game, Fault(lost.seed, how, lost.notes))] if game and lost else []
        return [] if answer is None or game is None else [(game, answer)]


_crew: Crew | None = None


def crew() -> Crew:
    """Return this process's."""
    global _crew
    if _crew is None or _crew._owner != os.getpid():
        _crew = Crew()
        atexit.register(_crew.end)
    return _crew
