"""What a command takes of the machine, and what lies about, looked at again and again."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers.processes import marked

from agents.whole import PARTIAL
from envs.nethack.folders import PREFIX

MEGABYTE = 2**20


@dataclass(frozen=True)
class Sample:
    """One look at a command with all its processes, and at the place.

    Attributes:
        seconds: since the first look.
        games: that its run has learned from.
        resident, proportional: megabytes; the latter count a shared page by its share.
        command: of the proportional ones, those of the command itself; the rest are its workers'.
        descriptors, threads, processes: of all its processes.
        folders: of NetHack's, in the temporary folder: this command's and others'.
        partials: files that are not finished.
        free: megabytes of the disk.
    """

    seconds: float
    games: int
    resident: float
    proportional: float
    command: float
    descriptors: int
    threads: int
    processes: int
    folders: int
    partials: int
    free: float


@contextmanager
def sampled(look: Callable[[float], Sample], every: float, file: Path) -> Iterator[list[Sample]]:
    """Look every so many seconds, in a thread, and at the end; a file has a line for each look."""
    found: list[Sample] = []
    ended, began = threading.Event(), time.monotonic()

    def watch() -> None:
        with file.open("w", encoding="utf-8") as out:
            while not ended.wait(every):
                found.append(look(time.monotonic() - began))
                out.write(json.dumps(asdict(found[-1])) + "\n")
                out.flush()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()
        found.append(look(time.monotonic() - began))


def look(seconds: float, command: int, mark: Path, run: Path, temporary: Path) -> Sample:
    """Look at a command by its process id and its mark, at its run, and at what lies about."""
    taken = {one: memory(one) for one in sorted(marked(mark))}
    return Sample(
        seconds=round(seconds, 1),
        games=games(run),
        resident=round(sum(resident for resident, _ in taken.values()), 2),
        proportional=round(sum(share for _, share in taken.values()), 2),
        command=round(taken.get(command, (0.0, 0.0))[1], 2),
        descriptors=sum(_entries(one, "fd") for one in taken),
        threads=sum(_entries(one, "task") for one in taken),
        processes=len(taken),
        folders=len(list(temporary.glob(PREFIX + "*"))),
        partials=len(partials(run.parent)),
        free=round(shutil.disk_usage(run.parent).free / MEGABYTE, 1),
    )


def memory(process: int) -> tuple[float, float]:
    """Return the megabytes that are resident, and those that count shared pages by their share."""
    found = {"Rss": 0, "Pss": 0}
    with suppress(OSError):  # it has ended
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in found:
                found[name] = int(value.split()[0])
    return found["Rss"] / 1024, found["Pss"] / 1024


def games(run: Path) -> int:
    """Return how many games a run has learned from, by what its checkpoint says."""
    with suppress(OSError, ValueError, KeyError):  # it is just being replaced
        return int(json.loads((run / "checkpoint/checkpoint.json").read_bytes())["games"])
    return 0


def partials(folder: Path) -> list[str]:
    """Return the names of unfinished files and folders anywhere in a folder, which may change."""
    found = (name for _, folders, files in os.walk(folder) for name in (*folders, *files))
    return [name for name in found if name.startswith(PARTIAL)]


def _entries(process: int, name: str) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/{name}"))
    except OSError:
        return 0
