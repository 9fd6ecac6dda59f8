"""`python -m mutation FILE…`, with tests/ on the path: the score of each file, and who survived."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from mutation.operators import Mutant, mutants
from mutation.plan import EQUIVALENT, IN, WITH_TORCH, tests_of
from mutation.run import SURVIVED, Suite, warm_up


def main() -> None:
    """Runs every mutant of the files against their tests."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=main.__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="files of agents/, from the root")
    parser.add_argument("--sample", type=int, help="at most so many mutants of a file, at random")
    chosen = parser.parse_args()
    noticed, counted = 0, 0
    for torch in (False, True):
        files = [path for path in chosen.files if (path.as_posix() in WITH_TORCH) == torch]
        if files:
            warm_up(torch)
        for path in files:
            here, total = _file(path, chosen.sample, torch)
            noticed, counted = noticed + here, counted + total
    from experiments.whatif.values import wilson  # not before: agents/ are imported with it

    if counted:
        share = wilson(noticed, counted)
        print(f"all: {noticed} of {counted} noticed, {share.value:.1%},"
              f" 95 % interval {share.low:.1%} to {share.high:.1%}")  # fmt: skip


def _file(path: Path, sample: int | None, torch: bool) -> tuple[int, int]:
    """Returns how many mutants of a file were noticed, and of how many that are faults."""
    begin = time.monotonic()
    found, equivalent = faults(path)
    if sample is not None and sample < len(found):
        found = random.Random(0).sample(found, sample)
    suite = Suite(path, tests_of(path), torch)
    if found:
        suite.rehearse()
    noticed = 0
    for mutant in found:
        fate, _ = suite.run(mutant.source)
        noticed += fate != SURVIVED
        if fate == SURVIVED:
            print(f"  {path}:{mutant.line}: {mutant.what}{IN}{mutant.statement}", flush=True)
    print(f"{path}: {noticed} of {len(found)} noticed, {equivalent} equivalent,"
          f" {time.monotonic() - begin:.0f} s", flush=True)  # fmt: skip
    return noticed, len(found)


def faults(path: Path) -> tuple[list[Mutant], int]:
    """Returns the mutants of a file that are faults, and how many are not.

    Raises:
        SystemExit: for a mutant of `EQUIVALENT` that there is not, or one of several alike.
    """
    every = list(mutants(path.read_text()))
    names = Counter(name for mutant in every for name in names_of(mutant))
    for name in EQUIVALENT.get(path.as_posix(), {}):
        if names[name] != 1 and not (names[name] and IN in name):
            raise SystemExit(f"{path}: {names[name]} mutants are called: {name}")
    found = [m for m in every if not names_of(m) & EQUIVALENT.get(path.as_posix(), {}).keys()]
    return found, len(every) - len(found)


def names_of(mutant: Mutant) -> set[str]:
    """Returns what a mutant may be called: by what is wrong, and by the statement too."""
    return {mutant.what, mutant.what + IN + mutant.statement}


if __name__ == "__main__":
    main()
