"""Leaving a game of NetHack that is not over, as a player would."""

from __future__ import annotations

from contextlib import suppress

from nle import nethack as nh

ESCAPE = 27
# Out of whatever is being asked, however deeply; M-q is #quit; and yes, really.
QUITTING = (ESCAPE, ESCAPE, ESCAPE, ESCAPE, int(nh.Command.QUIT), ord("y"))
MOST_KEYS = 6_000  # 14 are usual, even after random keys


def leave(nethack: nh.Nethack) -> None:
    """Quit the game under way, if there is one, by its keys.

    NLE 1.3.0 would otherwise throw it away where it stands, and abort the whole process where an
    object is between two places meanwhile: one that is being picked up, say, when ``--More--``
    waits (mkobj.c, dealloc_obj).
    """
    with suppress(RuntimeError):  # "step called without reset()": no game has begun
        for sent in range(MOST_KEYS):
            if nethack._pynethack.done():
                return
            nethack.step(QUITTING[sent % len(QUITTING)])
