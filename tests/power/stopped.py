"""`python -m power.stopped NUMBERS ARGUMENTS`: `yendor` that stops itself at certain calls.

It counts its calls of the system that matter to files, and stops by SIGSTOP right after those of
the numbers, 3,17,40. With `unsynced` among the numbers nothing is synced: a control.
"""

from __future__ import annotations

import os
import shutil  # noqa: F401 - it looks at what `os` can do, which must be as it was
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

CALLS = ("fsync", "replace", "rename", "mkdir", "rmdir")
UNSYNCED = "unsynced"


def main() -> None:
    """Count calls from here on, and be `yendor`."""
    chosen = sys.argv.pop(1).split(",")
    numbers = {int(one) for one in chosen if one.isdecimal()}
    if UNSYNCED in chosen:
        os.fsync = lambda descriptor: None
    counted = count(1)
    for name in CALLS:
        setattr(os, name, _stopping(getattr(os, name), counted, numbers))
    from experiments.cli.main import main as yendor

    yendor()


def _stopping(real: Callable[..., Any], counted: count[int], numbers: set[int]) -> Any:
    def call(*arguments: Any, **options: Any) -> Any:
        result = real(*arguments, **options)
        if next(counted) in numbers:
            os.kill(os.getpid(), signal.SIGSTOP)
        return result

    return call


if __name__ == "__main__":
    main()
