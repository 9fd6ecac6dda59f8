"""`python -m kills`, with tests/ on the path: runs killed at random, resumed, and compared.

Every run is trained twice: left alone, and killed some times at random moments in random ways. Both
must end with the same bytes, and a killed command must leave no process and no folder behind. Exits
with code 1 if one does not.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from kills.trial import Trial


def main() -> int:
    """Try every run, print a line for each, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kills", description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--kills", type=int, default=5, help="of each run")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    if min(chosen.runs, chosen.kills) < 1:
        parser.error("--runs and --kills must be at least 1")
    ways: Counter[str] = Counter()
    bad = 0
    for number in range(chosen.runs):
        with tempfile.TemporaryDirectory(prefix="kills-") as folder:
            said = _tried(Path(folder), chosen.seed + number, chosen.kills, ways)
        bad += said != "identical"
        print(f"run {number + 1} of {chosen.runs}: {said}", flush=True)
    print(f"{chosen.runs - bad} of {chosen.runs} runs identical; {dict(ways)}")
    return int(bad > 0)


def _tried(folder: Path, seed: int, kills: int, ways: Counter[str]) -> str:
    """Return how one run did: "identical", or what was wrong."""
    dice = random.Random(seed)
    try:
        alone = Trial(folder / "alone", seed)
        longest = alone.finish()
        killed = Trial(folder / "killed", seed)
        for _ in range(kills):
            ways[killed.killed(dice, longest / 2)] += 1
        killed.finish()
    except RuntimeError as error:
        return str(error)
    ours, theirs = killed.result(), alone.result()
    different = [name for name in ours if ours[name] != theirs[name]]
    return f"differs in {', '.join(different)}" if different else "identical"


if __name__ == "__main__":
    sys.exit(main())
