"""What the lines of a replay must hold: the file may come from anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NOTHING = type(None)
Kinds = Mapping[str, tuple[type, ...]]

HEADER: Kinds = {"seed": (int,), "env": (dict,), "macros": (list,)}
ABOUT: Kinds = {
    "nle": (str,), "yendor": (str,), "run": (str,), "agent": (str,), "label": (str,),
    "game": (int,), "trained": (int,),
}  # fmt: skip
# Of a game: all that a replay may set, so that none makes the game write files, say.
SETTINGS: Kinds = {
    "game": (str,), "task": (str,), "character": (str,),
    "max_turns": (int, NOTHING), "max_keystrokes": (int, NOTHING),
    "levels": (int,), "monsters": (bool,), "closed_doors": (bool,),
}  # fmt: skip
OUTCOME: Kinds = {
    "points": (int,), "depth": (int,), "max_depth": (int,), "experience_level": (int,),
    "turns": (int,), "keystrokes": (int,), "progression": (int, float), "terminated": (bool,),
    "success": (bool,), "cause": (str, NOTHING), "character": (str, NOTHING),
}  # fmt: skip
FIGURES: Kinds = {"decisions": (int,), "reward": (int, float)}  # of an outcome, if it has them
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")  # what a terminal would act on


def misfit(header: Mapping[str, Any]) -> str:
    """Names what a replay's first line lacks, or has of the wrong kind; "" if it is sound."""
    strange = _strange(header, HEADER, ABOUT) or _strange(header["env"], {"game": (str,)}, SETTINGS)
    others = set(header["env"]) - set(SETTINGS) if not strange else set()
    if strange or others:
        return strange or min(others)
    if header["seed"] < 0:
        return "seed"
    return "" if header["macros"] and all(map(is_text, header["macros"])) else "macros"


def is_outcome(content: Any) -> bool:
    """Whether it can be the outcome of a game."""
    return isinstance(content, dict) and not _strange(content, OUTCOME, FIGURES)


def is_text(content: Any) -> bool:
    """Whether it is a string that a terminal shows as it is."""
    return isinstance(content, str) and not _CONTROL.search(content)


def _strange(content: Mapping[str, Any], needed: Kinds, optional: Kinds) -> str:
    """The first key that is missing, or whose value is of the wrong kind; "" if there is none."""
    kinds = {**needed, **{key: kind for key, kind in optional.items() if key in content}}
    for key, kind in kinds.items():
        value = content.get(key, ...)
        if not isinstance(value, kind) or (isinstance(value, str) and not is_text(value)):
            return key
    return ""
