"""Processes known by a mark in their environment, which everything that they start inherits."""

from __future__ import annotations

import os
from pathlib import Path

MARK = "YENDOR_TRIAL"


def environment(mark: Path, temporary: Path) -> dict[str, str]:
    """Return this process's environment with a mark, and with a temporary folder of its own."""
    return os.environ | {"TMPDIR": str(temporary), MARK: str(mark)}


def marked(mark: Path) -> set[int]:
    """Return the processes that have the mark."""
    wanted, found = f"{MARK}={mark}\0".encode(), set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in path.read_bytes() + b"\0":
                found.add(int(path.parent.name))
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
    return found


def is_worker(process: int) -> bool:
    """Whether it plays games; there is also the guard of NetHack's folders."""
    try:
        return b"experiments.training" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
