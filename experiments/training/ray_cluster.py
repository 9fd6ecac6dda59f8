"""Games on a Ray cluster: an existing one, or one that is started on this machine.

A task of Ray's plays one game, in a worker process that its own process keeps for that: so what
holds of a worker here holds of one anywhere. Ray plays the game again where a whole machine is
lost.
"""

from __future__ import annotations

import functools
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from experiments.errors import UserError
from experiments.training.batch import Batch
from experiments.training.crew import crew
from experiments.training.faults import STRIKES, Fault
from experiments.training.team import Game, Result

ADDRESS = "RAY_ADDRESS"  # of an existing cluster, as Ray reads it
KNOCK_SECONDS = 10.0  # that a cluster has to answer


@functools.cache
def connected() -> Any:
    """Return Ray, connected to the cluster at `ADDRESS`, or to a new one on this machine.

    Raises:
        UserError: where Ray is not installed, and where there is no such cluster.
    """
    try:
        import ray
    except ImportError:
        raise UserError('--backend ray: Ray is missing: pip install "yendor[ray]"') from None
    address = os.environ.get(ADDRESS)
    _knock(address)
    try:
        if not ray.is_initialized():
            ray.init(
                address, include_dashboard=None if address else False, log_to_driver=False,
                logging_level=logging.ERROR,
            )  # fmt: skip
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise UserError(f"--backend ray: there is no cluster at {address}: {error}") from None
    return ray


def _knock(address: str | None) -> None:
    """Look whether somebody answers at ``host:port``: Ray itself would ask for minutes.

    Raises:
        UserError: when nobody does.
    """
    host, _, port = (address or "").rpartition(":")
    if not (host and port.isdecimal()) or "/" in host:
        return  # "auto", or a client's address: Ray knows how to reach it
    try:
        socket.create_connection((host, int(port)), timeout=KNOCK_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise UserError(f"--backend ray: there is no cluster at {address}: {error}") from None


def processors() -> int:
    """Return how many processors the cluster has."""
    return max(1, int(connected().cluster_resources().get("CPU", 1)))


class Cluster:
    """A `Backend` of many machines."""

    def __init__(self) -> None:
        self.ray = connected()
        self.tasks: dict[Any, Game] = {}

    @contextmanager
    def playing(self, batch: Batch, workers: int) -> Iterator[Tasks]:
        """See `Backend`."""
        try:
            yield Tasks(self, workers)
        finally:
            for task in [task for task, game in self.tasks.items() if game.batch is batch]:
                self.ray.cancel(task, force=True)
                del self.tasks[task]


@functools.cache
def cluster() -> Cluster:
    """Return the cluster that this process plays on."""
    return Cluster()


class Tasks:
    """A `Team` of Ray's tasks, each of which plays a game."""

    apart = True

    def __init__(self, cluster: Cluster, workers: int) -> None:
        self._ray, self._tasks, self._workers = cluster.ray, cluster.tasks, workers
        self._play = self._ray.remote(max_retries=STRIKES)(_play_there)
        self._batches: dict[int, tuple[Batch, Any]] = {}

    def free(self) -> int:
        """See `Team`."""
        return self._workers - len(self._tasks)

    def send(self, game: Game) -> None:
        """See `Team`."""
        if id(game.batch) not in self._batches:
            self._batches[id(game.batch)] = game.batch, self._ray.put(game.batch)
        task = self._play.remote(self._batches[id(game.batch)][1], game.seed)
        self._tasks[task] = game

    def under_way(self) -> list[Game]:
        """See `Team`."""
        return list(self._tasks.values())

    def results(self, wait: bool = True) -> list[tuple[Game, Result]]:
        """See `Team`."""
        if not self._tasks:
            return []
        ready, _ = self._ray.wait(list(self._tasks), num_returns=1, timeout=None if wait else 0)
        games = [(task, self._tasks.pop(task)) for task in ready]
        return [(game, self._result(task, game.seed)) for task, game in games]

    def _result(self, task: Any, seed: int) -> Result:
        try:
            result: Result = self._ray.get(task)
            return result
        except self._ray.exceptions.RayError as error:
            return Fault(seed, f"Ray lost it: {str(error).partition(chr(10))[0]}")


def _play_there(batch: Batch, seed: int) -> Result:
    """Plays a game in a worker process of this machine."""
    with crew().playing(batch, 1) as team:
        team.send(Game(batch, seed))
        return team.results()[0][1]
