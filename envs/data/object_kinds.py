"""Which kind of object a line of text or a glyph means, and what it weighs.

Source: NetHack 3.6.7, objnam.c (how names are worded); o_init.c, obj_shuffle_range (which kinds
look different from game to game).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np
from nle import nethack as nh

from envs.data import glyphs
from envs.data.objects import ARMOR, NUTRITION

_SHUFFLED = (
    *range(glyphs.OBJECT_NAMES.index("helmet"), glyphs.OBJECT_NAMES.index("helm of telepathy") + 1),
    *range(glyphs.OBJECT_NAMES.index("leather gloves"),
           glyphs.OBJECT_NAMES.index("gauntlets of dexterity") + 1),
    *range(glyphs.OBJECT_NAMES.index("cloak of protection"),
           glyphs.OBJECT_NAMES.index("cloak of displacement") + 1),
    *range(glyphs.OBJECT_NAMES.index("speed boots"),
           glyphs.OBJECT_NAMES.index("levitation boots") + 1),
)  # fmt: skip


def _appearance(kind: int) -> str:
    return str(nh.OBJ_DESCR(nh.objclass(kind)) or "")


# (453,) what a glyph of the map tells of each kind: the screen shows shuffled kinds by appearance.
GLYPH_KINDS = tuple(
    _appearance(kind) if kind in _SHUFFLED else name
    for kind, name in enumerate(glyphs.OBJECT_NAMES)
)
_KNOWN_APPEARANCES = {
    _appearance(kind): name
    for kind, (name, oclass) in enumerate(
        zip(glyphs.OBJECT_NAMES, glyphs.OBJECT_CLASSES, strict=True)
    )
    if oclass in (nh.WEAPON_CLASS, nh.ARMOR_CLASS) and kind not in _SHUFFLED and _appearance(kind)
} | {"runed broadsword": "elven broadsword"}  # as a runesword looks too, which is rare
_WEIGHTS = {name: int(nh.objclass(kind).oc_weight) for kind, name in enumerate(GLYPH_KINDS) if name}
_CLASS_WEIGHTS = {
    nh.SCROLL_CLASS: 5, nh.POTION_CLASS: 20, nh.WAND_CLASS: 7, nh.RING_CLASS: 3,
    nh.AMULET_CLASS: 20, nh.SPBOOK_CLASS: 50, nh.GEM_CLASS: 1, nh.COIN_CLASS: 0,
    nh.ARMOR_CLASS: 30, nh.WEAPON_CLASS: 30, nh.FOOD_CLASS: 10, nh.TOOL_CLASS: 20,
}  # fmt: skip
# Whatever kind they are of; many a potion or scroll is called what a heavier spellbook is, too.
_WEIGH_ALIKE = (nh.SCROLL_CLASS, nh.POTION_CLASS, nh.WAND_CLASS, nh.RING_CLASS, nh.AMULET_CLASS,
                nh.SPBOOK_CLASS)  # fmt: skip
_CORPSE_WEIGHTS = {nh.permonst(i).mname: int(nh.permonst(i).cwt) for i in range(nh.NUMMONS)}

JAPANESE = {  # what samurai say (objnam.c, Japanese_items)
    "wakizashi": "short sword", "ninja-to": "broadsword", "nunchaku": "flail",
    "naginata": "glaive", "osaku": "lock pick", "koto": "wooden harp", "shito": "knife",
    "tanko": "plate mail", "kabuto": "helmet", "yugake": "leather gloves",
    "gunyoki": "food ration", "sake": "booze",
}  # fmt: skip
_PLURALS = {"knives": "knife", "teeth": "tooth", "staves": "quarterstaff", "leaves": "leaf"}
_NOT_OF_THE_KIND = re.compile(
    r"^(?:(?:blessed|uncursed|cursed|holy|unholy|greased|poisoned|partly eaten|very|thoroughly|"
    r"rusty|burnt|rotted|corroded|rustproof|fireproof|fixed|tempered|[+-]\d+|"
    r"pair of|pairs of|set of|sets of) )+"
)
_REMARKS = re.compile(r" (?:\(.*|named .*|called .*)$")


@cache
def kind_of(text: str) -> str:
    """Return the kind of object that a line of a menu or of the pack speaks of.

    Args:
        text: e.g. ``2 cursed rusty +0 runed daggers (in quiver)``.

    Returns:
        Its name in the singular, here ``elven dagger``; the name as it stands if it is none of
        the kinds that this module knows.
    """
    text = _REMARKS.sub("", re.sub(r"^(?:an?|the|\d+) ", "", text))
    text = _NOT_OF_THE_KIND.sub("", text)
    name = text if is_kind(text) else singular(text)
    return _KNOWN_APPEARANCES.get(name) or JAPANESE.get(name, name)


def is_kind(name: str) -> bool:
    """Whether a name is that of a kind this module knows."""
    tables = (_WEIGHTS, _KNOWN_APPEARANCES, ARMOR, NUTRITION, JAPANESE)
    return any(name in table for table in tables)


def singular(name: str) -> str:
    """Return a name such as ``scrolls of fire`` in the singular."""
    head, of, rest = name.partition(" of ")
    first, space, last = head.rpartition(" ")
    return first + space + _PLURALS.get(last, last.removesuffix("s")) + of + rest


def weight(kind: str, oclass: int) -> int:
    """Return what one of a kind weighs (wiki: "Inventory weight"); a guess if it is not known what
    it is.

    Args:
        kind: see `kind_of`.
        oclass: its object class.
    """
    if kind.endswith(" corpse"):
        return _CORPSE_WEIGHTS.get(kind.removesuffix(" corpse"), 0)
    known = None if oclass in _WEIGH_ALIKE else _WEIGHTS.get(kind)
    return _CLASS_WEIGHTS.get(oclass, 0) if known is None else known


def by_glyph(wanted: Callable[[str, int], bool]) -> np.ndarray:
    """Return (5977,) bool by glyph: things of whose kind and object class `wanted` is true, among
    them the corpses of lichens, which keep; not -1, which is no glyph.
    """
    table = np.zeros(nh.MAX_GLYPH + 1, np.bool_)
    for kind, (name, oclass) in enumerate(zip(GLYPH_KINDS, glyphs.OBJECT_CLASSES, strict=True)):
        table[nh.GLYPH_OBJ_OFF + kind] = wanted(name, oclass)
    (lichen,) = glyphs.species_named("lichen")
    table[nh.GLYPH_BODY_OFF + lichen] = wanted("lichen corpse", nh.FOOD_CLASS)
    return table
