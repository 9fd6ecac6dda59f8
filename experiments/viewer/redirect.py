"""NetHack's C code now and then writes to the terminal, over the picture; not while this lasts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nethack_output_redirected() -> Iterator[None]:
    """Send file descriptor 2 nowhere; Python's own `sys.__stderr__`, on which textual draws, and
    `sys.stderr` still reach the terminal.
    """
    assert sys.__stderr__ is not None  # there is a terminal
    sys.__stderr__.flush()
    kept = os.dup(2)
    old = sys.stderr, sys.__stderr__
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        with os.fdopen(os.dup(kept), "w", encoding=sys.__stderr__.encoding) as terminal:
            sys.stderr = sys.__stderr__ = terminal  # type: ignore[misc]
            os.dup2(nowhere, 2)
            yield
    finally:
        sys.stderr, sys.__stderr__ = old  # type: ignore[misc]
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
