"""The one place that decides where games are played.

- ``processes``: in worker processes of this machine, one too, so that what happens to a game
  happens to nothing else;
- ``serial``: in this process, one after the other;
- ``ray``: on a Ray cluster, in worker processes of its machines.

The results are the same, to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import joblib

from envs.names import nearest
from experiments.arguments import whole_number
from experiments.errors import UserError
from experiments.training.team import Backend

PROCESSES, SERIAL, RAY = "processes", "serial", "ray"


def _processes() -> Backend:
    from experiments.training.crew import crew

    return crew()


def _serial() -> Backend:
    from experiments.training.serial import Serial

    return Serial()


def _ray() -> Backend:
    from experiments.training.ray_cluster import cluster

    return cluster()


BACKENDS: dict[str, Callable[[], Backend]] = {
    PROCESSES: _processes,
    SERIAL: _serial,
    RAY: _ray,
}
_chosen: list[str] = []


@contextmanager
def playing_on(name: str) -> Iterator[None]:
    """Let games be played there meanwhile.

    Raises:
        UserError: for a name that is none of `BACKENDS`, or that needs what is not installed.
    """
    if name not in BACKENDS:
        raise UserError(f"--backend: unknown backend {name!r}; {nearest(name, BACKENDS)}")
    _chosen.append(name)
    try:
        yield
    finally:
        _chosen.pop()


def backend(workers: int) -> Backend:
    """Return where games are played now: as was chosen, or else here if there is one worker."""
    default = SERIAL if workers == 1 else PROCESSES
    return BACKENDS[_chosen[-1] if _chosen else default]()


def worker_count(asked: int | None) -> int:
    """Return how many games are played at a time: as asked, or one on each processor.

    Raises:
        UserError: unless a whole number of at least 1 is asked for.
    """
    if asked is not None:
        return whole_number("workers", asked)
    if _chosen and _chosen[-1] == RAY:
        from experiments.training.ray_cluster import processors

        return processors()
    return joblib.cpu_count()
