"""One run, killed at random times in random ways, and the same run left alone."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from pathlib import Path

from helpers.processes import environment, marked

from kills.ways import kill

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("train.games=600", "train.games_per_round=20", "evaluate.games=0")
WORKERS, SECONDS = 2, 300  # processes that play; at most, of one command
PATIENCE = 10.0  # seconds until everything of a killed command must be gone
EPISODES = "episodes.jsonl"
KEPT = (EPISODES, "metrics.jsonl", "checkpoint/agent.safetensors", "config.yaml")


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
        known = environment(self.folder, self.temporary)
        return subprocess.Popen(
            command, cwd=ROOT, env=known, start_new_session=True,
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
            way = kill(process, self.folder, dice)
        process.wait(SECONDS)
        self._check_gone(way.name)
        return way.name

    def _check_gone(self, how: str) -> None:
        until = time.monotonic() + PATIENCE
        while left := [*marked(self.folder), *self.temporary.iterdir()]:
            if time.monotonic() > until:
                raise RuntimeError(f"seed {self.seed}, {how}: left behind: {left}")
            time.sleep(0.1)

    def result(self) -> dict[str, bytes]:
        """Return what the run is, by its files; how long games took is left out."""
        found = {name: (self.run / name).read_bytes() for name in KEPT}
        return found | {EPISODES: re.sub(rb', "seconds": [0-9.e-]+', b"", found[EPISODES])}
