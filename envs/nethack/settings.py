"""The settings of a game of NetHack, each written here and nowhere else; see `envs.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from envs.nethack.characters import check_character
from envs.nethack.tasks import TASKS
from envs.nethack.wizkit import check_items
from envs.settings import MAX_KEYSTROKES, MAX_TURNS, RAW_KEYSTROKES, setting


@dataclass(frozen=True)
class NetHackSettings:
    """What makes a game of NetHack, besides its seed."""

    task: str = setting(
        "score", "sets the reward, and when the task is done", what="task", names=TASKS
    )
    character: str = setting(
        "@",
        "role-race-alignment-gender such as mon-hum-neu-mal, or @ to draw one",
        check=check_character,
    )
    wizkit: tuple[str, ...] = setting(
        (),
        "items to start with besides the role's own, as in [pick-axe, 2 scrolls of teleportation]",
        check=check_items,
    )
    max_turns: int | None = setting(
        MAX_TURNS, "truncate after this many game turns; null for no limit", above=0
    )
    max_keystrokes: int | None = setting(
        MAX_KEYSTROKES, "truncate after this many keystrokes; null for no limit", above=0
    )
    max_idle_keystrokes: int | None = setting(
        10_000,
        "truncate after this many keystrokes without game time passing; null for no limit",
        above=0,
    )


# The public arena's limits: what `yendor/NetHack-v0` plays with unless told otherwise.
ARENA = NetHackSettings(max_turns=None, max_keystrokes=RAW_KEYSTROKES)
