"""`python -m fuzz`, with tests/ on the path: malformed inputs for every reader.

Each reader has a process's 500 MB and 10 s for an input; what it raises must be a message for
people. Exits with code 1 if anything else happens.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from fuzz.measure import Reader, limit_memory, try_reader
from fuzz.readers import READERS


def main() -> int:
    """Try every reader, print a line for each, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", help="some of them; omitted: all")
    parser.add_argument("--inputs", type=int, default=10_000, help="forged, over all readers")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    readers = [one for one in READERS if not chosen.readers or one.name in chosen.readers]
    each = chosen.inputs // len(readers)
    faulty = [one.name for one in readers if _in_a_process(one, each, chosen.seed)]
    print(f"faults in: {', '.join(faulty)}" if faulty else "no faults")
    return int(bool(faulty))


def _in_a_process(reader: Reader, inputs: int, seed: int) -> int:
    """Try a reader in a process of its own, and return the process's exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            limit_memory()
            with tempfile.TemporaryDirectory() as folder:
                found = try_reader(reader, inputs, seed, Path(folder))
            print(found, *found.faults[:20], sep="\n  ", flush=True)
            code = int(bool(found.faults))
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
