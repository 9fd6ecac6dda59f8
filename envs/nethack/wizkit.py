"""Named items to start with, so that one can ask what an item is worth (wiki: "Wizkit").

NetHack reads a wizkit in wizard mode only. The game begins in that mode, and leaves it before the
first key: from there on it is an ordinary game, which ends when the hero dies.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from functools import cache

from nle import nethack as nh

from envs.data import glyphs
from envs.data.object_kinds import singular
from envs.names import nearest

MOST = 20  # items: the pack has 52 letters, and the role's own things come first
DEBUG = 9  # place of `debug`, which is wizard mode, among the bytes of struct flag (flag.h)
NAME = b"Agent"  # wizard mode calls the hero "wizard"
PARTS = ("role", "race", "align", "gender")
CLASSES = {  # of objects, with what is said before their names (objnam.c)
    nh.RING_CLASS: "ring of ", nh.POTION_CLASS: "potion of ", nh.SCROLL_CLASS: "scroll of ",
    nh.SPBOOK_CLASS: "spellbook of ", nh.WAND_CLASS: "wand of ", nh.AMULET_CLASS: "",
    nh.WEAPON_CLASS: "", nh.ARMOR_CLASS: "", nh.TOOL_CLASS: "", nh.FOOD_CLASS: "",
    nh.GEM_CLASS: "",
}  # fmt: skip
NOT_THEMSELVES = ("corpse", "egg", "tin", "figurine")  # these are of some monster
UNIQUE = (
    "Amulet of Yendor", "Candelabrum of Invocation", "Bell of Opening", "Book of the Dead",
)  # fmt: skip
_ITEM = re.compile(
    r"(?:(?:an?|(?P<count>[1-9]\d?)) )?(?:(?:blessed|uncursed|cursed) )?(?:[+-][0-7] )?(?P<name>.+)"
)


@cache
def item_names() -> tuple[str, ...]:
    """Return the name of every kind of item that one can start with, as in ``scroll of fire``."""
    kinds = zip(glyphs.OBJECT_NAMES, glyphs.OBJECT_CLASSES, strict=True)
    left_out = (*NOT_THEMSELVES, *UNIQUE)
    found = {
        CLASSES[oclass] + name
        for name, oclass in kinds
        if name and oclass in CLASSES and name not in left_out
    }
    return tuple(sorted(found))


def check_items(items: Sequence[str]) -> None:
    """Check items such as ``pick-axe`` or ``2 blessed scrolls of teleportation``.

    Raises:
        ValueError: names the first that NetHack does not know, and the nearest that it does.
    """
    if len(items) > MOST:
        raise ValueError(f"wizkit: at most {MOST} items, not {len(items)}")
    for item in items:
        found = _ITEM.fullmatch(item)
        name = found["name"] if found else item
        if name not in item_names() and singular(name) not in item_names():
            raise ValueError(f"wizkit: unknown item {item!r}; {nearest(name, item_names())}")


def marked(name: str, items: Sequence[str]) -> str:
    """Return the name of a run or a game, marked by what its hero had from the start."""
    return f"{name} with {', '.join(items)}" if items else name


def start_options(character: str) -> tuple[str, ...]:
    """Return the options that give a game in wizard mode the hero that it would have without.

    Args:
        character: as in ``mon-hum-neu-mal``, or ``@``.
    """
    parts = character.split("-") if "-" in character else ["random"] * len(PARTS)
    return tuple(f"{part}:{value}" for part, value in zip(PARTS, parts, strict=True))


def leave_wizard_mode(library: ctypes.CDLL) -> None:
    """Make a game that began in wizard mode an ordinary one.

    Raises:
        RuntimeError: when NetHack's flags are not where they are in 3.6.7.
    """
    flags = (ctypes.c_byte * (DEBUG + 1)).in_dll(library, "flags")
    if flags[DEBUG] != 1:
        raise RuntimeError("wizard mode is not where NetHack 3.6.7 keeps it")
    flags[DEBUG] = 0
    (ctypes.c_char * (len(NAME) + 1)).in_dll(library, "plname").value = NAME
