"""The viewer ends when its terminal is gone: a window that is closed leaves nothing running."""

from __future__ import annotations

import os
import select
import signal
import threading

GONE = 128 + signal.SIGHUP  # the exit code of what a closed terminal ends


def end_with_terminal() -> None:
    """Let this process end once none of its terminals is there any more.

    Not every closed terminal sends SIGHUP, and textual reads on from one that is gone.
    """
    terminals = [descriptor for descriptor in (0, 1, 2) if os.isatty(descriptor)]
    if terminals:
        threading.Thread(target=_watch, args=(terminals[0],), daemon=True).start()


def _watch(terminal: int) -> None:
    """Sleep until the terminal hangs up, which is told without being asked for."""
    poll = select.poll()
    poll.register(os.dup(terminal), 0)
    poll.poll()
    os._exit(GONE)  # there is nobody left to tell anything; the folder of the game is guarded
