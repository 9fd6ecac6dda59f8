"""The settings of a game of NetHack, each written here and nowhere else; see `envs.settings`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel

from envs.nethack.characters import check_character
from envs.nethack.tasks import TASKS
from envs.settings import MAX_KEYSTROKES, MAX_TURNS, RAW_KEYSTROKES, STRICT, Limit, OneOf


def _valid(character: str) -> str:
    check_character(character)
    return character


class NetHackSettings(BaseModel):
    """What makes a game of NetHack, besides its seed."""

    model_config = STRICT

    task: Annotated[str, OneOf("task", TASKS)] = "score"
    """sets the reward, and when the task is done"""
    character: Annotated[str, AfterValidator(_valid)] = "@"
    """role-race-alignment-gender such as mon-hum-neu-mal, or @ to draw one"""
    max_turns: Limit = MAX_TURNS
    """truncate after this many game turns; null for no limit"""
    max_keystrokes: Limit = MAX_KEYSTROKES
    """truncate after this many keystrokes; null for no limit"""
    max_idle_keystrokes: Limit = 10_000
    """truncate after this many keystrokes without game time passing; null for no limit"""


# The public arena's limits: what `yendor/NetHack-v0` plays with unless told otherwise.
ARENA = NetHackSettings(max_turns=None, max_keystrokes=RAW_KEYSTROKES)
