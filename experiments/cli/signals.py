"""Signals that ask the command to end: it then ends as by Ctrl-C, with what it has."""

from __future__ import annotations

import errno
import os
import signal
import termios
from types import FrameType
from typing import Any

ENDING = (signal.SIGTERM, signal.SIGHUP)
_came: list[int] = []
_handlers: list[Any] = []  # those that break a command off, once it listens


def end_in_good_order() -> None:
    """Let SIGTERM and SIGHUP be a `KeyboardInterrupt`, the first time; a second one kills.

    A signal that is ignored, as under nohup, stays ignored.
    """
    for number in ENDING:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)
    _handlers[:] = [_interrupt, signal.default_int_handler]


def tidy_undisturbed() -> None:
    """Let no first signal break off what tidies up, now that the command has ended, well or not;
    a second one kills. Without `end_in_good_order` before, nothing changes.
    """
    for number in (*ENDING, signal.SIGINT):
        if signal.getsignal(number) in _handlers:
            signal.signal(number, _too_late)


def stopped_by() -> str:
    """Return how the command was stopped, in words."""
    return f" by {signal.Signals(_came[0]).name}" if _came else ""


def exit_code() -> int:
    """Return the shell's code of a command that was stopped."""
    return 128 + (_came[0] if _came else signal.SIGINT)


def _interrupt(number: int, frame: FrameType | None) -> None:
    _came.append(number)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a terminal that goes sends several
    if number == signal.SIGHUP:
        _leave_dead_terminal()
    raise KeyboardInterrupt


def _too_late(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)


def _leave_dead_terminal() -> None:
    """Let what would go to a terminal that is gone go nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        try:
            termios.tcgetattr(descriptor)
        except termios.error as error:
            if error.args[0] == errno.EIO:  # else it is no terminal
                os.dup2(nowhere, descriptor)
    os.close(nowhere)
