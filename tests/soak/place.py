"""A place where commands are typed as a user does: a folder for runs, one for temporary files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from helpers.processes import environment, marked

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0  # seconds after which nothing of a command that has ended may be left
LONGEST = 900.0  # seconds that a command may take
TRACEBACK = "Traceback (most recent call last)"


class Place:
    """Commands that were typed here, and what was wrong with them.

    Args:
        folder: everything lies below it; it must be empty.

    Attributes:
        runs: where commands are typed, with the runs in it.
        temporary: where commands keep what is of no use later.
        faults: what was wrong, in sentences.
        typed: how many commands came to their end, or were ended.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs, self.temporary = folder / "here", folder / "tmp"
        self.runs.mkdir()
        self.temporary.mkdir()
        self.faults: list[str] = []
        self.typed = 0

    def start(self, words: Sequence[str], mark: Path, out: Path) -> subprocess.Popen[bytes]:
        """Begin a command, whose processes bear a mark; what it says goes to a file."""
        known = environment(mark, self.temporary) | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
        with out.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "experiments.cli", *words], cwd=self.runs, env=known,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip

    def type(
        self,
        words: Sequence[str],
        codes: Sequence[int] = (0,),
        disturb: Callable[[subprocess.Popen[bytes], Path], None] | None = None,
    ) -> str:
        """Let a command come to its end, and note what was wrong; returns what it said.

        Args:
            words: after `yendor`.
            codes: that it may end with.
            disturb: is done to it meanwhile, given its process and its mark.
        """
        self.typed += 1
        mark, out = self.folder / f"command-{self.typed}", self.folder / "said"
        process = self.start(words, mark, out)
        told = f"yendor {' '.join(words)}"
        try:
            if disturb:
                disturb(process, mark)
            code = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.faults.append(f"{told}: took longer than {LONGEST:g} s")
            end_group(process)
            code = codes[0]
        said = out.read_text(errors="replace")
        if code not in codes or TRACEBACK in said:
            self.faults.append(f"{told}: exit code {code}: {said[-1500:]}")
        if left := until_gone(lambda: marked(mark)):
            self.faults.append(f"{told}: processes left behind: {left}")
        return said


def until_gone(left: Callable[[], object]) -> object:
    """Return what is left when nothing is, or when that has taken too long."""
    until = time.monotonic() + PATIENCE
    while (found := left()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a command with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
