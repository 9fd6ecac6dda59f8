"""The settings of the stub dungeon, each written here and nowhere else; see `envs.settings`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from envs.settings import MAX_KEYSTROKES, MAX_TURNS, RAW_KEYSTROKES, setting
from envs.stub.dungeon import draw_all
from envs.stub.things import STARTING_NUTRITION

TASKS = ("score", "staircase")
MOST_LEVELS = 1_000  # all are made before the first turn
MOST = 1_000_000  # of what the screen shows as numbers: it has room for them


def _check_maps(maps: tuple[str, ...]) -> None:
    """Refuses a bad drawing here, not when a game begins."""
    if len(maps) > MOST_LEVELS:
        raise ValueError(f"maps must be at most {MOST_LEVELS} drawings, not {len(maps)}")
    if maps:
        draw_all(maps, np.random.default_rng(0))


@dataclass(frozen=True)
class Dungeon:
    """The dungeon of the stub, and its hero: what a config has under `stub`."""

    levels: int = setting(
        5, "how many levels to generate; the last has no stairs down", above=0, most=MOST_LEVELS
    )
    monsters: bool = setting(True, "whether generated levels have monsters")
    closed_doors: bool = setting(
        True, "whether doors of generated levels may be closed or hidden, and corridors hidden"
    )
    pet: bool = setting(False, "whether a generated game begins with a kitten")
    maps: tuple[str, ...] = setting(
        (), "drawings, one for each level from the top, instead of generated levels",
        check=_check_maps,
    )  # fmt: skip
    hp: int = setting(16, "hit points at the start", above=0, most=MOST)
    nutrition: int = setting(
        STARTING_NUTRITION,
        "at the start; hungry below 150, weak below 50, fainting below 0, one less each turn",
        least=-MOST,
        most=MOST,
    )
    prayer_timeout: int = setting(
        300, "at the start; low hit points may be prayed for at 200 or below", least=0, most=MOST
    )


@dataclass(frozen=True)
class StubSettings(Dungeon):
    """What makes a game of the stub, besides its seed."""

    task: str = setting(
        "score", "score, or staircase: the game ends on a staircase down, with a reward of 1",
        what="task of the stub", names=TASKS,
    )  # fmt: skip
    max_turns: int | None = setting(
        MAX_TURNS, "truncate at this game turn; null for no limit", above=0
    )
    max_keystrokes: int | None = setting(
        MAX_KEYSTROKES, "truncate after this many keystrokes; null for no limit", above=0
    )


# What `yendor/Stub-v0` plays with unless told otherwise.
RAW = StubSettings(max_turns=None, max_keystrokes=RAW_KEYSTROKES)
