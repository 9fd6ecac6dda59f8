"""One training on a file system of its own, and copies of the disk as a power cut leaves it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from experiments.runs.commit import NEW, OLD
from experiments.runs.contents import CONFIG, holds_run, is_half_made
from experiments.runs.run import open_run
from power.image import copied
from power.stopped import UNSYNCED

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 600  # of one command, at most
CALLS = 300  # among the first so many a call is chosen: a training has more
LONGEST = 1.5  # seconds between two moments
LATER = 1.5  # seconds: the journal has been written once more, by the option `commit`


@dataclass
class Cut:
    """A moment at which the power went.

    Attributes:
        image: the disk as it was left.
        when: in words.
        games: that the run had learned from, by what could be read before the cut.
        saving: whether a checkpoint was just being replaced.
    """

    image: Path
    when: str
    games: int
    saving: bool


def cuts(
    image: Path, run: Path, config: Sequence[str], number: int, dice: random.Random, unsynced: bool
) -> list[Cut]:
    """Train to the end; stop now and then, and copy the disk."""
    at_calls = sorted(dice.sample(range(1, CALLS), number // 2))
    at_times = number - number // 2
    numbers = ",".join([*map(str, at_calls), *([UNSYNCED] if unsynced else [])])
    process = train(run, config, ["-m", "power.stopped", numbers or "none"])
    found: list[Cut] = []
    try:
        while not _ended(process):
            by_itself = _stopped(process, dice.uniform(0.05, LONGEST) if at_times else SECONDS)
            if not by_itself:
                if not at_times or _ended(process):
                    break
                if not run.exists():
                    continue  # it starts
                at_times -= 1
                process.send_signal(signal.SIGSTOP)
                _stopped(process, SECONDS)
            time.sleep(dice.choice((0.0, LATER)))
            when = "after a call" if by_itself else "at some time"
            cut = Cut(run.parents[1] / f"cut-{len(found)}", when, _games(run), _is_saving(run))
            copied(image, run.parent, cut.image)
            found.append(cut)
            process.send_signal(signal.SIGCONT)
        if process.wait(SECONDS):
            raise RuntimeError(f"training failed with {process.returncode}")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return found


def train(run: Path, config: Sequence[str], program: list[str]) -> subprocess.Popen[bytes]:
    """Begin to train, or to go on; what is said goes beside the disk."""
    words = [str(run), "--resume"] if run.exists() else [*config, "--out", str(run)]
    path = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    known = os.environ | {"PYTHONPATH": path, "TMPDIR": str(run.parents[1])}
    with (run.parents[1] / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, *program, "train", *words, "--workers", "1"],
            cwd=run.parents[1], env=known, stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def _stopped(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long for a process to stop or to end; returns whether it has stopped."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not _ended(process):
        if _state(process) == "T":
            return True
        time.sleep(0.005)
    return False


def _ended(process: subprocess.Popen[bytes]) -> bool:
    return _state(process) in ("Z", "")


def _state(process: subprocess.Popen[bytes]) -> str:
    """Return the letter that the kernel has for what a process does (proc(5)); "" once gone."""
    try:
        stat = Path(f"/proc/{process.pid}/stat").read_text()
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[0]


def _games(run: Path) -> int:
    """Return how many games a run in use has learned from; none before it is made."""
    if not holds_run(run) or is_half_made(run):
        return 0
    return open_run(run).checkpoint()[1]


def _is_saving(run: Path) -> bool:
    return any((run / name).exists() for name in (NEW, OLD)) or not (run / CONFIG).exists()
