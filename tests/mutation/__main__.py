"""`python -m mutation FILE…`, with tests/ on the path: the score of each file, and who survived."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from mutation.operators import mutants
from mutation.plan import EQUIVALENT, tests_of
from mutation.run import SURVIVED, run, warm_up


def main() -> None:
    """Runs every mutant of the files against their tests."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=main.__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="files of agents/, from the root")
    parser.add_argument("--sample", type=int, help="at most so many mutants of a file, at random")
    parser.add_argument("--seconds", type=float, default=120, help="at which a test hangs")
    chosen = parser.parse_args()
    warm_up()
    noticed, counted = 0, 0
    for path in chosen.files:
        here, total = _file(path, chosen.sample, chosen.seconds)
        noticed, counted = noticed + here, counted + total
    print(f"all: {noticed} of {counted} noticed, {noticed / max(counted, 1):.1%}")


def _file(path: Path, sample: int | None, seconds: float) -> tuple[int, int]:
    """Returns how many mutants of a file were noticed, and of how many that are faults."""
    begin = time.monotonic()
    equivalent = EQUIVALENT.get(path.as_posix(), {})
    found = [mutant for mutant in mutants(path.read_text()) if mutant.what not in equivalent]
    if sample is not None and sample < len(found):
        found = random.Random(0).sample(found, sample)
    noticed = 0
    for mutant in found:
        result = run(path, mutant, tests_of(path), seconds)
        noticed += result.fate != SURVIVED
        if result.fate == SURVIVED:
            print(f"  {path}:{mutant.line}: {mutant.what}", flush=True)
    print(f"{path}: {noticed} of {len(found)} noticed, {len(equivalent)} equivalent,"
          f" {time.monotonic() - begin:.0f} s", flush=True)  # fmt: skip
    return noticed, len(found)


if __name__ == "__main__":
    main()
