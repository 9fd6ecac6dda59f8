"""`python -m fuzz`, with tests/ on the path: malformed inputs for every reader.

Each reader has a process's 500 MB and 10 s for an input; what it raises must be a message for
people. Exits with code 1 if anything else happens.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from fuzz.measure import limit_memory, try_reader
from fuzz.readers import READERS


def main() -> int:
    """Try every reader, print a line for each, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", help="some of them; omitted: all")
    parser.add_argument("--inputs", type=int, default=10_000, help="forged, over all readers")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    readers = [one for one in READERS if not chosen.readers or one.name in chosen.readers]
    limit_memory()
    begin, faults, inputs = time.monotonic(), 0, 0
    for reader in readers:
        with tempfile.TemporaryDirectory() as folder:
            found = try_reader(reader, chosen.inputs // len(readers), chosen.seed, Path(folder))
        print(found, *found.faults[:20], sep="\n  ", flush=True)
        faults, inputs = faults + len(found.faults), inputs + found.inputs
    print(f"all: {inputs:,} inputs, {faults} faults, {time.monotonic() - begin:.0f} s")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
