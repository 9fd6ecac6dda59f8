"""Games on a Ray cluster: an existing one, or one that is started on this machine.

A task of Ray's plays one game, in a worker process that its own process keeps for that: so what
holds of a worker here holds of one anywhere. Ray plays the game again where a whole machine is
lost.
"""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from experiments.errors import UserError
from experiments.training.batch import Batch
from experiments.training.crew import crew
from experiments.training.faults import STRIKES, Fault
from experiments.training.team import Result

ADDRESS = "RAY_ADDRESS"  # of an existing cluster, as Ray reads it


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
    try:
        if not ray.is_initialized():
            ray.init(
                address, include_dashboard=None if address else False, log_to_driver=False,
                logging_level=logging.ERROR,
            )  # fmt: skip
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise UserError(f"--backend ray: there is no cluster at {address}: {error}") from None
    return ray


def processors() -> int:
    """Return how many processors the cluster has."""
    return max(1, int(connected().cluster_resources().get("CPU", 1)))


class Cluster:
    """A `Backend` of many machines."""

    @contextmanager
    def playing(self, batch: Batch, workers: int) -> Iterator[Tasks]:
        """See `Backend`."""
        tasks = Tasks(batch, workers)
        try:
            yield tasks
        finally:
            tasks.end()


class Tasks:
    """A `Team` of Ray's tasks, each of which plays a game."""

    def __init__(self, batch: Batch, workers: int) -> None:
        self._ray, self._workers = connected(), workers
        self._batch = self._ray.put(batch)
        self._play = self._ray.remote(max_retries=STRIKES)(_play_there)
        self._seeds: dict[Any, int] = {}

    def free(self) -> int:
        """See `Team`."""
        return self._workers - len(self._seeds)

    def send(self, seed: int) -> None:
        """See `Team`."""
        self._seeds[self._play.remote(self._batch, seed)] = seed

    def results(self) -> list[Result]:
        """See `Team`."""
        ready, _ = self._ray.wait(list(self._seeds), num_returns=1)
        return [self._result(task, self._seeds.pop(task)) for task in ready]

    def end(self) -> None:
        """Break off what is still played."""
        for task in self._seeds:
            self._ray.cancel(task, force=True)

    def _result(self, task: Any, seed: int) -> Result:
        try:
            result: Result = self._ray.get(task)
            return result
        except self._ray.exceptions.RayError as error:
            return Fault(seed, f"Ray lost it: {str(error).partition(chr(10))[0]}")


def _play_there(batch: Batch, seed: int) -> Result:
    """Plays a game in a worker process of this machine."""
    with crew().playing(batch, 1) as team:
        team.send(seed)
        return team.results()[0]
