"""What the lines of a replay must hold: the file may come from anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from envs import outcome
from envs.games import SETTINGS
from envs.settings import make_settings

Kinds = Mapping[str, tuple[type, ...]]

HEADER: Kinds = {"seed": (int,), "env": (dict,), "macros": (list,)}
ABOUT: Kinds = {
    "nle": (str,), "yendor": (str,), "run": (str,), "agent": (str,), "label": (str,),
    "game": (int,), "trained": (int,),
}  # fmt: skip
OUTCOME: Kinds = {
    "terminated": (bool,),
    **{name: (int, float) if kind is float else get_args(kind) or (kind,)
       for name, kind in outcome.KINDS.items()},
}  # fmt: skip
MOST_MACROS = 1_000
LONGEST_TEXT, LARGEST = 1_000, 2**64  # of a text, and of a whole number
HIGHEST = 1e30  # of another number: above every reward
DICE_LIMIT = 2**63  # above every seed of NetHack's dice; and above every decision's number
FIGURES: Kinds = {"decisions": (int,), "reward": (int, float)}  # of an outcome, if it has them
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")  # what a terminal would act on


def misfit(header: Mapping[str, Any], future: bool = False) -> str:
    """Names what a replay's first line lacks, or has of the wrong kind; "" if it is sound.

    Args:
        header: the line.
        future: whether it is of a future, which has dice; a game itself has none.
    """
    if strange := _strange(header, HEADER, ABOUT):
        return strange
    if not is_game(header["env"]):
        return "env"
    if header["seed"] < 0:
        return "seed"
    if future != ("dice" in header) or (future and not _are_dice(header["dice"])):
        return "dice"
    macros = header["macros"]
    named = 0 < len(macros) <= MOST_MACROS and all(map(is_name, macros))
    return "" if named else "macros"


def is_game(env: Mapping[str, Any]) -> bool:
    """Whether it names a game, with nothing but settings that a config may give it too.

    So no replay makes the game write files, say. Of a game that there is not, only the name is
    looked at: it can't be played.
    """
    settings = {key: value for key, value in env.items() if key != "game"}
    if not is_text(env.get("game")) or not all(map(_is_safe, settings.values())):
        return False
    try:
        if env["game"] in SETTINGS:
            make_settings(SETTINGS[env["game"]], settings)
    except ValueError:
        return False
    return True


def is_outcome(content: Any) -> bool:
    """Whether it can be the outcome of a game."""
    return isinstance(content, dict) and not _strange(content, OUTCOME, FIGURES)


def is_text(content: Any) -> bool:
    """Whether it is a string that a terminal shows as it is."""
    return isinstance(content, str) and not _CONTROL.search(content)


def is_name(content: Any) -> bool:
    """Whether it is such a string, and not longer than names and causes of death are."""
    return is_text(content) and len(content) <= LONGEST_TEXT


def _is_safe(value: Any) -> bool:
    """Whether none of its lines of text makes a terminal act."""
    texts = value if isinstance(value, list) else [value]
    lines = [line for text in texts if isinstance(text, str) for line in text.split("\n")]
    return all(map(is_text, lines))


def _are_dice(content: Any) -> bool:
    """Whether it can be `Dice`: a decision's number and two seeds."""
    return (
        isinstance(content, list)
        and len(content) == 3
        and all(type(number) is int and 0 <= number < DICE_LIMIT for number in content)
        and content[0] >= 1
    )


def _strange(content: Mapping[str, Any], needed: Kinds, optional: Kinds) -> str:
    """Return the first key that is missing, or whose value is of the wrong kind; "" if there is
    none.
    """
    kinds = {**needed, **{key: kind for key, kind in optional.items() if key in content}}
    for key, kind in kinds.items():
        value = content.get(key, ...)
        if not isinstance(value, kind) or (isinstance(value, str) and not is_name(value)):
            return key
        highest = HIGHEST if isinstance(value, float) else LARGEST
        if isinstance(value, int | float) and not abs(value) < highest:
            return key
    return ""
