"""The ways in which a command is ended."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from helpers.processes import is_worker, marked


@dataclass(frozen=True)
class Kill:
    """A way to end a command.

    Attributes:
        name: of the way.
        signal: that is sent.
        whom: "command", its whole "group", or one "worker", which the command replaces.
    """

    name: str
    signal: int
    whom: str


KILLS = (
    Kill("kill the command", signal.SIGKILL, "command"),
    Kill("kill the group", signal.SIGKILL, "group"),
    Kill("kill a worker", signal.SIGKILL, "worker"),
    Kill("terminate the command", signal.SIGTERM, "command"),
    Kill("interrupt the group", signal.SIGINT, "group"),
    Kill("hang up", signal.SIGHUP, "command"),
)


def kill(process: subprocess.Popen[bytes], mark: Path, dice: random.Random) -> Kill:
    """End a command, which leads a group, in a way that the dice choose; returns which.

    Where a worker is killed, the whole group follows soon after.

    Args:
        process: the command's.
        mark: of its processes.
        dice: choose the way, the worker and the moment.
    """
    way = dice.choice(KILLS)
    if way.whom == "worker":
        workers = [one for one in marked(mark) if is_worker(one)]
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(sorted(workers)), way.signal)
        time.sleep(dice.uniform(0.0, 0.5))
        os.killpg(process.pid, signal.SIGKILL)
    elif way.whom == "group":
        os.killpg(process.pid, way.signal)
    else:
        process.send_signal(way.signal)
    return way
