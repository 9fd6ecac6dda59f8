"""NetHack's C code kept off the terminal.

When the Rogue level is made, NetHack asks for an environment variable, and NLE warns of that on
C's ``stderr`` (nh_getenv), in the midst of a progress line. Nobody can act on it.
"""

from __future__ import annotations

import ctypes
import functools
import os

STREAMS = ("stderr", "__stderrp")  # what glibc and musl call it, and what macOS does


@functools.cache
def quieten() -> None:
    """Send what C code prints on its ``stderr`` nowhere, for the rest of this process.

    Python's own `sys.stderr`, `faulthandler` and a program's last words write to the file itself,
    and are seen as before.
    """
    library = ctypes.CDLL(None)
    library.fdopen.restype = ctypes.c_void_p
    for name in STREAMS:
        try:
            stream = ctypes.c_void_p.in_dll(library, name)
        except ValueError:
            continue  # another system's
        stream.value = library.fdopen(os.open(os.devnull, os.O_WRONLY), b"w")
        return
