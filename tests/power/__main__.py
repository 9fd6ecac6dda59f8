"""`python -m power`, with tests/ on the path: power cuts on an ext4 file system.

A run is trained on a file system in a file, which is copied at random moments and right after
calls that save: a copy holds what a power cut would leave on the disk. Each copy is mounted, whose
journal is replayed; the run must open, have all games that were saved, go on, and end with the same
bytes.
Needs root and loop devices. Exits with code 1 for a fault, and with 2 where nothing can be mounted.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from power.image import Unavailable, check_available
from power.outcome import Outcome, trial

STUB = ("stub_policy_gradient", "train.games=300", "train.games_per_round=20", "evaluate.games=0")
REAL = ("thompson", "train.games=24", "train.games_per_round=2", "evaluate.games=0",
        "env.max_turns=1000")  # fmt: skip
CONFIGS = {"stub": STUB, "nethack": REAL}


def main() -> int:
    """Cut the power, print a line for each cut, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m power", description=__doc__)
    parser.add_argument("games", nargs="*", help="stub, nethack; omitted: both")
    parser.add_argument("--cuts", type=int, default=14, help="of each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--unsynced", action="store_true", help="sync nothing: is that noticed?")
    chosen = parser.parse_args()
    if chosen.cuts < 1:
        parser.error("--cuts must be at least 1")
    try:
        check_available()
    except Unavailable as error:
        print(f"power cuts can't be tried here: {error}")
        return 2
    found: list[Outcome] = []
    for name in chosen.games or CONFIGS:
        with tempfile.TemporaryDirectory(prefix="power-") as folder:
            dice = random.Random(chosen.seed)
            for one in trial(Path(folder), CONFIGS[name], chosen.cuts, dice, chosen.unsynced):
                found.append(one)
                print(_line(name, one), flush=True)
    faults = sum(bool(one.fault) for one in found)
    print(
        f"{len(found)} cuts, {sum(one.cut.saving for one in found)} of them while saving:"
        f" {sum(one.opened for one in found)} runs opened,"
        f" {sum(not one.opened and not one.fault for one in found)} begun anew,"
        f" {sum(one.went_on for one in found)} went on to the same bytes,"
        f" {sum(one.sound for one in found)} file systems sound;"
        f" {sum(one.lost for one in found)} games lost; {faults} faults"
    )
    return int(faults > 0 or not found)


def _line(name: str, outcome: Outcome) -> str:
    cut = outcome.cut
    saving = ", while saving" if cut.saving else ""
    said = outcome.fault or f"whole, {outcome.lost} games lost"
    return f"{name}, cut {cut.when}{saving}, with {cut.games} games: {said}"


if __name__ == "__main__":
    sys.exit(main())
