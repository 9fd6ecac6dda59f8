"""Leaving a game of NetHack that is not over, as a player would."""

from __future__ import annotations

import signal
from contextlib import suppress

from nle import nethack as nh

ESCAPE = 27
# Out of whatever is being asked, however deeply; M-q is #quit; and yes, really.
QUITTING = (ESCAPE, ESCAPE, ESCAPE, ESCAPE, int(nh.Command.QUIT), ord("y"))
IGNORED = (signal.SIGHUP, signal.SIGXCPU)
MOST_KEYS = 6_000  # 14 are usual, even after random keys


def leave(nethack: nh.Nethack) -> None:
    """Quit the game under way, if there is one, by its keys.

    NLE 1.3.0 would otherwise throw it away where it stands, and abort the whole process where an
    object is between two places meanwhile: one that is being picked up, say, when ``--More--``
    waits (mkobj.c, dealloc_obj). A game that is recorded as a ttyrec is left where it stands: those
    keys are none of the game's.
    """
    if nethack._ttyrec is not None:
        return restore_signals()
    with suppress(RuntimeError):  # "step called without reset()": no game has begun
        for sent in range(MOST_KEYS):
            if nethack._pynethack.done():
                break
            nethack.step(QUITTING[sent % len(QUITTING)])
    restore_signals()


def restore_signals() -> None:
    """Handle signals as before the end of a game, at which NetHack ignores some of them for good.

    A closed terminal would else end nothing (end.c, nh_terminate; files.c, clearlocks).
    """
    with suppress(ValueError):  # not in the main thread, which alone may
        for number in IGNORED:
            if (handler := signal.getsignal(number)) is not None:
                signal.signal(number, handler)
