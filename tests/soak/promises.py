"""What must hold of hours of use, as figures of the looks that were taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from soak.samples import Sample

PER_GAME = 4.0  # kilobytes that a command may keep of each game: its row, as it is and as text
NOISE = 16.0  # megabytes: rounds of long games are followed by such of short ones
LATE = 60.0  # seconds that a look may be late on a busy machine


@dataclass(frozen=True)
class Promise:
    """Something that must hold: what it is, its figure, and whether it held."""

    name: str
    figure: str
    held: bool

    def __str__(self) -> str:
        return f"{'held' if self.held else 'BROKEN':8}{self.name}: {self.figure}"


def promises(samples: Sequence[Sample], every: float) -> list[Promise]:
    """Return what of the looks is promised; the second half must be as the first.

    Args:
        samples: the looks.
        every: how many seconds were to lie between two of them.
    """
    counted = ("descriptors", "threads", "processes", "folders", "partials")
    steady = [_steady(name, samples) for name in counted]
    return [_looks(samples, every), _memory(samples), *steady]


def _looks(samples: Sequence[Sample], every: float) -> Promise:
    longest = float(max(np.diff([0.0, *(one.seconds for one in samples)]), default=np.inf))
    figure = f"{len(samples)}, {longest:.0f} s between two at most"
    return Promise("looks", figure, longest < every + LATE)


def _memory(samples: Sequence[Sample]) -> Promise:
    """Memory must not grow but by what is kept of each game.

    A line is fitted to what is resident in the second half, by least squares. The first half warms
    up: modules, compiled functions, the longest game so far. Pages that are shared with commands
    that come and go are counted in full, or they would be taken for growth.
    """
    half = samples[len(samples) // 2 :]
    if len(half) < 3:
        return Promise("memory", f"{len(samples)} looks are too few", False)
    hours = np.array([one.seconds for one in half]) / 3600
    slope, start = np.polyfit(hours, [one.resident for one in half], 1)
    played = max(one.games for one in half) - next((one.games for one in half if one.games), 0)
    grown, may = slope * (hours[-1] - hours[0]), NOISE + played * PER_GAME / 1024
    most = max(one.proportional for one in samples)
    figure = (
        f"{slope:+.1f} MB an hour by a line over the second half, of"
        f" {(hours[-1] - hours[0]) * 60:.1f} minutes and {played:,} games: {grown:+.1f} MB, at most"
        f" {may:.1f}, from {start + slope * hours[0]:.0f} MB resident; never more than {most:.0f}"
        f" MB with shared pages by their share"
    )
    return Promise("memory", figure, bool(grown <= may))


def _steady(name: str, samples: Sequence[Sample]) -> Promise:
    """Something that comes and goes must come down to what it was: by its least in a quarter."""
    values = [getattr(one, name) for one in samples]
    quarter = max(len(values) // 4, 1)
    before, after = min(values[quarter : 2 * quarter] or [0]), min(values[-quarter:] or [0])
    figure = f"{before} in the second quarter, {after} in the last; at most {max(values or [0])}"
    return Promise(name, figure, after <= before)
