"""Timing of things side by side: machines drift, so ratios are of neighbouring measurements."""

from __future__ import annotations

import importlib
import time
import timeit
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from threadpoolctl import threadpool_limits

Trial = Callable[[], float]  # does some of the work, and returns its speed in things per second

INSTALL = 'pip install "yendor[bench]"'


class Ratio(NamedTuple):
    """The median of the repetitions' ratios, with the least and the greatest of them."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Effort:
    """How much is measured; the defaults make a bench of a minute or two.

    Attributes:
        repeats: times that A and B take turns.
        seconds: of each measurement of something quick.
        decisions: in a round of training.
        keystrokes: of real games, at least, between two looks at the raw game.
    """

    repeats: int = 5
    seconds: float = 0.03
    decisions: int = 2_048
    keystrokes: int = 4_000


@dataclass(frozen=True)
class Result:
    """How fast something is, alone or beside a peer.

    Attributes:
        what: was measured.
        unit: of the speeds.
        ours: the speed in each repetition.
        peer: what it is compared with; empty: nothing.
        theirs: the peer's speed in each repetition; empty if it isn't installed.
        target: the ratio that it should have; None: none is set.
        note: what to install.
    """

    what: str
    unit: str
    ours: tuple[float, ...]
    peer: str = ""
    theirs: tuple[float, ...] = ()
    target: float | None = None
    note: str = ""

    @property
    def ratio(self) -> Ratio | None:
        """Our speed over the peer's; None without a peer."""
        if not self.theirs:
            return None
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        return Ratio(median(ratios), min(ratios), max(ratios))

    @property
    def met(self) -> bool | None:
        """Whether the ratio is the target or better; None where one of the two is missing."""
        if self.ratio is None or self.target is None:
            return None
        return self.ratio.value >= self.target


def take_turns(trials: Mapping[str, Trial], repeats: int) -> dict[str, tuple[float, ...]]:
    """Run every trial once to warm up, and then all of them in turn: A, B, A, B and so on.

    Returns:
        The speeds of each, (repeats,).
    """
    for trial in trials.values():
        trial()
    turns = [[trial() for trial in trials.values()] for _ in range(repeats)]
    return dict(zip(trials, zip(*turns, strict=True), strict=True))


def over_and_over(function: Callable[[], Any], seconds: float) -> Trial:
    """Return a trial of something quick: calls per second, from a measurement that long."""
    timer = timeit.Timer(function, timer=time.perf_counter)

    def trial() -> float:
        calls = 1
        while (took := timer.timeit(calls)) < seconds:
            calls *= 2
        return calls / took

    return trial


def peer(module: str) -> Any | None:
    """Return a module of another library; None if it isn't installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


@contextmanager
def one_core() -> Iterator[None]:
    """One thread for the linear algebra of numpy and of torch, and as many as before afterwards."""
    torch = peer("torch")  # first, so that its libraries are among those that are limited
    threads = torch.get_num_threads() if torch else 1
    with threadpool_limits(1):
        try:
            if torch:
                torch.set_num_threads(1)
            yield
        finally:
            if torch:
                torch.set_num_threads(threads)
