"""`python -m soak`, with tests/ on the path: hours of ordinary use, watched.

One command trains all the time; beside it others train, are killed and resumed, evaluate, compare,
watch. Memory, descriptors, threads, processes and files are looked at every few seconds. At the end
the long command is terminated, must leave nothing, and its run must go on. Exits with code 1 if
anything fails, grows or is left.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from soak.chores import do
from soak.ending import endings
from soak.place import Place, end_group
from soak.promises import Promise, promises
from soak.samples import look, sampled

LONG = "long"  # the run that trains all the time
REAL = ("ppo", "train.games=100000", "env.max_turns=3000")
STUB = ("stub_policy_gradient", "train.games=100000")


def main() -> int:
    """Use Yendor for so long, tell every promise, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--every", type=float, default=10.0, help="seconds between two looks")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stub", action="store_true", help="the stub only, no NetHack")
    parser.add_argument("--samples", type=Path, help="keep every look here, a line of JSON each")
    chosen = parser.parse_args()
    if min(chosen.hours, chosen.every) <= 0:
        parser.error("--hours and --every must be above 0")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        told = _soaked(Place(Path(folder)), chosen)
        if chosen.samples:
            shutil.copy(Path(folder) / "samples", chosen.samples)
    print(*told, sep="\n")
    broken = [promise.name for promise in told if not promise.held]
    print(f"broken: {', '.join(broken)}" if broken else "every promise held")
    return int(bool(broken))


def _soaked(place: Place, chosen: argparse.Namespace) -> list[Promise]:
    """Let one command train while others come and go; returns what came of it."""
    mark, run, log = place.folder / LONG, place.runs / LONG, place.folder / "long.log"
    words = ["train", *(STUB if chosen.stub else REAL), "evaluate.games=0", "--workers", "1"]
    process = place.start([*words, "--out", LONG], mark, log)
    watch = partial(look, command=process.pid, mark=mark, run=run, temporary=place.temporary)
    try:
        with sampled(watch, chosen.every, place.folder / "samples") as samples:
            began = time.monotonic()
            rounds = do(place, random.Random(chosen.seed), chosen.stub, chosen.hours * 3600)
            hours = (time.monotonic() - began) / 3600
        print(f"{hours:.2f} hours, {len(samples)} looks, {rounds} rounds of chores", flush=True)
        alive = Promise("the long command", "trains still", process.poll() is None)
        process.send_signal(signal.SIGTERM)
        ended = endings(place, process, mark, run, samples[-1].games if samples else 0)
    finally:
        end_group(process)
    faults = "; ".join(place.faults) or "none failed, left processes or showed a traceback"
    chores = Promise("commands", f"{place.typed} typed: {faults}", not place.faults)
    disk = f"{samples[0].free - samples[-1].free:,.0f} MB less free" if samples else "unknown"
    return [*promises(samples, chosen.every), alive, *ended, chores, Promise("disk", disk, True)]


if __name__ == "__main__":
    sys.exit(main())
