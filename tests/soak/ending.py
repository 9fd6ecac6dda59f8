"""The end of a long command: it says so, leaves nothing, and its run goes on."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from helpers.processes import marked

from experiments.errors import UserError
from experiments.runs.run import open_run
from soak.place import LONGEST, TRACEBACK, Place, end_group, until_gone
from soak.promises import Promise
from soak.samples import games, partials

ENDED = (-signal.SIGTERM, 128 + signal.SIGTERM)


def endings(
    place: Place, process: subprocess.Popen[bytes], mark: Path, run: Path, trained: int
) -> list[Promise]:
    """Return what became of a command that was just terminated, and of its run.

    Args:
        place: where nothing may be left.
        process: of the command.
        mark: of its processes.
        run: its run's folder.
        trained: how many games it had learned from when it was last looked at.
    """
    return [
        _ended("terminated", place, process, mark, place.folder / "long.log"),
        _opens(run, trained),
        *_resumes(place, run),
    ]


def _ended(
    name: str, place: Place, process: subprocess.Popen[bytes], mark: Path, log: Path
) -> Promise:
    """Check how a command ends, and that nothing of it is left soon after."""
    try:
        code = process.wait(LONGEST)
    except subprocess.TimeoutExpired:
        end_group(process)
        return Promise(name, f"had not ended after {LONGEST:g} s", False)
    left = until_gone(lambda: [*marked(mark), *place.temporary.iterdir()])
    unfinished = partials(place.runs)
    said = log.read_text(errors="replace")
    if code not in ENDED or TRACEBACK in said:
        return Promise(name, f"exit code {code}: {said[-1500:]}", False)
    told = f"left behind: {left} {unfinished}" if left or unfinished else "nothing left"
    return Promise(name, f"exit code {code}, {told}", not left and not unfinished)


def _opens(run: Path, trained: int) -> Promise:
    try:
        _, now = open_run(run).checkpoint()
    except UserError as error:
        return Promise("the run opens", str(error), False)
    return Promise("the run opens", f"with {now:,} games", now >= max(trained, 1))


def _resumes(place: Place, run: Path) -> list[Promise]:
    """Go on with the run until it has learned once more, and end that as well."""
    before, mark, log = games(run), place.folder / "resumed", place.folder / "resumed.log"
    process = place.start(["train", run.name, "--resume", "--workers", "1"], mark, log)
    try:
        more = _wait_for(lambda: games(run) > before or process.poll() is not None)
        told = f"from {before:,} games to {games(run):,}"
        goes_on = Promise("the run goes on", told, bool(more) and process.poll() is None)
        process.send_signal(signal.SIGTERM)
        return [goes_on, _ended("terminated again", place, process, mark, log)]
    finally:
        end_group(process)


def _wait_for(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + LONGEST
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.2)
    return found
