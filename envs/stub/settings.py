"""The settings of the stub dungeon, each written here and nowhere else; see `envs.settings`."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import AfterValidator, BaseModel, Field

from envs.settings import MAX_KEYSTROKES, MAX_TURNS, RAW_KEYSTROKES, STRICT, Limit, OneOf
from envs.stub.dungeon import draw_all
from envs.stub.things import STARTING_NUTRITION

TASKS = ("score", "staircase")
MOST_LEVELS = 1_000  # all are generated before the first turn
Amount = Annotated[int, Field(ge=0, le=1_000_000)]  # the screen's numbers have room for it


def _drawable(maps: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses a bad drawing here, not when a game begins."""
    if maps:
        draw_all(maps, np.random.default_rng(0))
    return maps


class Dungeon(BaseModel):
    """The dungeon of the stub, and its hero: what a config has under `stub`."""

    model_config = STRICT

    levels: int = Field(default=5, gt=0, le=MOST_LEVELS)
    """how many levels to generate; the last has no stairs down"""
    monsters: bool = True
    """whether generated levels have monsters"""
    closed_doors: bool = True
    """whether doors of generated levels may be closed or hidden, and corridors hidden"""
    pet: bool = False
    """whether a generated game begins with a kitten"""
    maps: Annotated[
        tuple[str, ...], Field(strict=False, max_length=MOST_LEVELS), AfterValidator(_drawable)
    ] = ()
    """drawings, one for each level from the top, instead of generated levels"""
    hp: Annotated[Amount, Field(gt=0)] = 16
    """hit points at the start"""
    nutrition: Amount = STARTING_NUTRITION
    """at the start; hungry below 150, weak below 50, one less each turn"""
    prayer_timeout: Amount = 300
    """at the start; low hit points may be prayed for at 200 or below"""


class StubSettings(Dungeon):
    """What makes a game of the stub, besides its seed."""

    task: Annotated[str, OneOf("task of the stub", TASKS)] = "score"
    """score, or staircase: the game ends on a staircase down, with a reward of 1"""
    max_turns: Limit = MAX_TURNS
    """truncate at this game turn; null for no limit"""
    max_keystrokes: Limit = MAX_KEYSTROKES
    """truncate after this many keystrokes; null for no limit"""


# What `yendor/Stub-v0` plays with unless told otherwise.
RAW = StubSettings(max_turns=None, max_keystrokes=RAW_KEYSTROKES)
