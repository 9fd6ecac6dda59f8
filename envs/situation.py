"""The discrete situation that a bandit can tell apart: one value of each of its parts.

Parts are chosen by name, as features are, and a run keeps those that it was made for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from envs.data.glyphs import Terrain
from envs.features import adjacent_hostiles, deepest, in_mines
from envs.knowledge.digging import can_dig
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.names import check_names


@dataclass(frozen=True)
class Part:
    """One part of a situation.

    Attributes:
        of: an index into `values`.
        values: what they mean.
        version: counts up when the meaning changes, so that an old checkpoint is refused.
    """

    of: Callable[[Knowledge], int]
    values: tuple[str, ...]
    version: int = 1


def _threat(known: Knowledge) -> int:
    adjacent = adjacent_hostiles(known)
    return min(adjacent + 1, 3) if adjacent else int(bool(known.hostiles))


def _way(known: Knowledge) -> int:
    if can_dig(known):
        return 3
    return 1 + deepest(known) if known.level.knows(Terrain.STAIRS_DOWN) else 0


PARTS: dict[str, Part] = {
    "threat": Part(
        _threat,
        ("no hostile in view", "hostile in view", "hostile adjacent", "several adjacent"),
    ),
    "health": Part(
        lambda known: min(int(known.stats.health * 3), 2),
        ("below a third", "below two thirds", "high"),
    ),
    "way": Part(
        _way,
        (
            "no way down known",
            "way down to where the hero was",
            "way down to a new level",
            "a digging tool in the pack",
        ),
    ),
    "hunger": Part(lambda known: int(known.stats.hunger >= Hunger.HUNGRY), ("fed", "hungry")),
    "branch": Part(lambda known: int(in_mines(known)), ("main dungeon", "Gnomish Mines")),
}
PART_NAMES = tuple(PARTS)


def check_parts(names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of parts, None for all of them.

    Raises:
        ValueError: for an unknown name, with the nearest one, a repeated one, and for none.
    """
    return PART_NAMES if names is None else check_names("part of the situation", names, PARTS)


def n_situations(names: Sequence[str] = PART_NAMES) -> int:
    """How many situations these parts can tell apart."""
    return math.prod(_shape(names))


def situation(known: Knowledge, names: Sequence[str] = PART_NAMES) -> int:
    """Return the situation, 0 <= situation < `n_situations(names)`; the last part counts up
    fastest.
    """
    return index_of([PARTS[name].of(known) for name in names], names)


def index_of(values: Sequence[int], names: Sequence[str] = PART_NAMES) -> int:
    """Return the situation in which the parts have these values, in the order of the names."""
    index = 0
    for value, name in zip(values, names, strict=True):
        index = index * len(PARTS[name].values) + value
    return index


def values_of(index: int, names: Sequence[str] = PART_NAMES) -> list[int]:
    """Return the values of the parts in a situation, in the order of the names."""
    return [int(value) for value in np.unravel_index(index, _shape(names))]


def describe_situation(index: int, names: Sequence[str] = PART_NAMES) -> str:
    """Return a situation in words, such as ``threat: no hostile in view, health: high``."""
    values = zip(names, values_of(index, names), strict=True)
    return ", ".join(f"{name}: {PARTS[name].values[i]}" for name, i in values)


def _shape(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(len(PARTS[name].values) for name in names)
