"""Reads many forged inputs, and notes what a reader did that it must not do."""

from __future__ import annotations

import contextlib
import io
import random
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.errors import UserError

SECONDS, MEGABYTES = 10, 500  # of a processor and of memory, that no input may take
WAITING = 300  # seconds after which a reader must have come back, on a busy machine too
LONGEST_MESSAGE = 5_000  # characters


@dataclass(frozen=True)
class Reader:
    """What is tried.

    Attributes:
        name: of the files that it reads.
        forge: makes an input, of a random generator and a folder that it may write into.
        read: takes it.
        bombs: inputs that are tried once each, by name.
    """

    name: str
    forge: Callable[[random.Random, Path], Any]
    read: Callable[[Any], object]
    bombs: Callable[[Path], Iterator[tuple[str, Any]]] = lambda folder: iter(())


@dataclass
class Findings:
    """What came of a reader's inputs: how many, how many were refused, and every fault."""

    name: str
    inputs: int = 0
    refused: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.name:12} {self.inputs:6,} inputs, {self.refused:6,} refused with a message,"
            f" slowest {self.slowest:5.2f} s, {len(self.faults)} faults"
        )


class Hangs(Exception):
    """An input took longer than it may."""


def limit_memory() -> None:
    """Let this process have so much more memory than now: whoever asks for more fails."""
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEGABYTES * 2**20,) * 2)


def try_reader(reader: Reader, inputs: int, seed: int, folder: Path) -> Findings:
    """Read its bombs, and so many forged inputs."""
    findings = Findings(reader.name)
    for name, bomb in reader.bombs(folder):
        _try(reader, bomb, f"bomb {name}", findings)
    for number in range(inputs):
        rng = random.Random(f"{reader.name} {seed} {number}")
        _try(reader, reader.forge(rng, folder), f"seed {seed}, input {number}", findings)
    return findings


def _try(reader: Reader, given: Any, what: str, findings: Findings) -> None:
    def hang(*_: object) -> None:
        raise Hangs

    signal.signal(signal.SIGPROF, hang)
    signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(WAITING)
    begin = time.process_time()
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            reader.read(given)
    except UserError as error:
        findings.refused += 1
        if len(str(error)) > LONGEST_MESSAGE:
            findings.faults.append(f"{what}: a message of {len(str(error)):,} characters")
    except BaseException as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {str(error)[:100]} ({last.filename}:{last.lineno})"
        findings.faults.append(f"{what}: {told}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
    findings.inputs += 1
    findings.slowest = max(findings.slowest, time.process_time() - begin)
