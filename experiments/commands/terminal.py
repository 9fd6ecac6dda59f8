"""Whether this terminal can show the full-screen viewer."""

from __future__ import annotations

import os
import sys

from experiments.console import PlainConsole
from experiments.playback.screens import TERMINAL_COLUMNS, TERMINAL_ROWS

DUMB = ("", "dumb", "unknown")  # kinds of terminals that can't move their cursor


def poor_terminal() -> str:
    """Say why this terminal can't show the full-screen viewer, and what to do; "" if it can.

    That it is no terminal at all, or a small one, needs no word: frames are what is wanted then.
    """
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        return ""
    kind, encoding = os.environ.get("TERM", ""), (sys.stdout.encoding or "ascii").lower()
    if kind in DUMB:
        told = f"TERM={kind}" if kind else "without TERM"
        return f"{told}, this terminal has no full-screen viewer; try TERM=xterm-256color"
    if encoding.replace("-", "") != "utf8":
        return f"the viewer needs UTF-8, and this terminal has {encoding}; try LC_ALL=C.UTF-8"
    return ""


def roomy_terminal() -> bool:
    """Whether the viewer can be shown, and has room."""
    if poor_terminal() or not (sys.stdout.isatty() and sys.stdin.isatty()):
        return False
    size = PlainConsole().size
    return size.width >= TERMINAL_COLUMNS and size.height >= TERMINAL_ROWS
