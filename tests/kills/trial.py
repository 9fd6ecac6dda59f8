"""One run, killed at random times in random ways, and the same run left alone."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("train.games=600", "train.games_per_round=20", "evaluate.games=0")
WORKERS, SECONDS = 2, 300  # processes that play; at most, of one command
PATIENCE = 10.0  # seconds until everything of a killed command must be gone
EPISODES = "episodes.jsonl"
KEPT = (EPISODES, "metrics.jsonl", "checkpoint/agent.safetensors", "config.yaml")


@dataclass(frozen=True)
class Kill:
    """A way to end a command.

    Attributes:
        name: of the way.
        signal: that is sent.
        whom: "command", its whole "group", or one "worker", which the command replaces.
    """

    name: str
    signal: int
    whom: str


KILLS = (
    Kill("kill the command", signal.SIGKILL, "command"),
    Kill("kill the group", signal.SIGKILL, "group"),
    Kill("kill a worker", signal.SIGKILL, "worker"),
    Kill("terminate the command", signal.SIGTERM, "command"),
    Kill("interrupt the group", signal.SIGINT, "group"),
    Kill("hang up", signal.SIGHUP, "command"),
)


class Trial:
    """A run folder and the commands that train in it, all below one folder.

    Args:
        folder: of the trial's own; it must be empty.
        seed: of the run.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True)

    @property
    def run(self) -> Path:
        """The run folder."""
        return self.folder / "run"

    def start(self) -> subprocess.Popen[bytes]:
        """Begin to train, or go on where the run is there."""
        command = [sys.executable, "-m", "experiments.cli", "train"]
        if self.run.exists():
            command += [str(self.run), "--resume"]
        else:
            command += ["stub_policy_gradient", f"seed={self.seed}", *SETTINGS]
            command += ["--out", str(self.run)]
        command += ["--workers", str(WORKERS)]
        environment = os.environ | {"TMPDIR": str(self.temporary), "YENDOR_TRIAL": str(self.folder)}
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def finish(self) -> float:
        """Train to the end; returns the seconds that took. Raises RuntimeError if it fails."""
        began = time.monotonic()
        if self.start().wait(SECONDS):
            raise RuntimeError(f"seed {self.seed}: training can't go on in {self.run}")
        return time.monotonic() - began

    def killed(self, dice: random.Random, longest: float) -> str:
        """Train for a while, and end the command; returns in which way.

        Raises:
            RuntimeError: when something of it is left.
        """
        process = self.start()
        try:
            process.wait(dice.uniform(0.2, longest))
            return "came to its end before"
        except subprocess.TimeoutExpired:
            kill = dice.choice(KILLS)
        if kill.whom == "worker":
            workers = [one for one in _processes(self.folder) if _is_worker(one)]
            if workers:
                _send(kill.signal, dice.choice(sorted(workers)))
            time.sleep(dice.uniform(0.0, 0.5))
            os.killpg(process.pid, signal.SIGKILL)
        elif kill.whom == "group":
            os.killpg(process.pid, kill.signal)
        else:
            process.send_signal(kill.signal)
        process.wait(SECONDS)
        self._check_gone(kill.name)
        return kill.name

    def _check_gone(self, how: str) -> None:
        until = time.monotonic() + PATIENCE
        while left := [*_processes(self.folder), *self.temporary.iterdir()]:
            if time.monotonic() > until:
                raise RuntimeError(f"seed {self.seed}, {how}: left behind: {left}")
            time.sleep(0.1)

    def result(self) -> dict[str, bytes]:
        """Return what the run is, by its files; how long games took is left out."""
        found = {name: (self.run / name).read_bytes() for name in KEPT}
        return found | {EPISODES: re.sub(rb', "seconds": [0-9.e-]+', b"", found[EPISODES])}


def _processes(folder: Path) -> set[int]:
    """Return the processes that a trial's commands started, by what their environment says."""
    mark, found = f"YENDOR_TRIAL={folder}\0".encode(), set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes() + b"\0":
                found.add(int(path.parent.name))
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
    return found


def _is_worker(process: int) -> bool:
    """Whether it plays games; there is also the guard of NetHack's folders."""
    try:
        return b"experiments.training" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _send(number: int, process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)
