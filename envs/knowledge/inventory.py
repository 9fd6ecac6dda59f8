"""What the hero carries, read from NLE's inventory keys."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from nle import nethack as nh

from envs.data import glyphs, object_kinds

_DESCRIPTION = re.compile(
    r"^(?P<count>an?|the|\d+) (?:(?P<buc>blessed|uncursed|cursed) )?(?P<name>.*)$"
)
MAX_TEXT = 79  # characters of a line that NLE passes on (``inv_strs``: 80 bytes with the zero)
_NO_CHARGE = re.compile(r"\(\d+:(?:0|-1)\)")  # objnam.c, xname: (recharged:charges)
_ENCHANTMENT = re.compile(r"(?:^| )([+-]\d+) ")


class Item(NamedTuple):
    """One line of the inventory.

    Attributes:
        letter: the key that names it.
        glyph: its glyph.
        oclass: object class (objclass.h), e.g. ``nh.FOOD_CLASS``.
        text: as shown, e.g. ``2 uncursed food rations``.
        quantity: how many.
        buc: ``blessed``, ``uncursed``, ``cursed``, or None if not known.
        name: the text without quantity and curse state.
    """

    letter: str
    glyph: int
    oclass: int
    text: str
    quantity: int
    buc: str | None
    name: str

    @property
    def type_name(self) -> str:
        """The object type's identified name, e.g. ``food ration``; for unidentified ones, hidden
        appearances do not tell it, so use `name` for those.
        """
        kind = int(glyphs.OBJECT_TYPE[self.glyph])
        return glyphs.OBJECT_NAMES[kind] if kind >= 0 else ""

    @property
    def kind(self) -> str:
        """The name of its kind as in `envs.data.objects`, as far as the hero knows it."""
        return _kind(self.name, self.glyph, self.oclass)

    @property
    def enchantment(self) -> int:
        """The number that its name begins with, e.g. 3 for a +3 shield; 0 if not known."""
        found = _ENCHANTMENT.search(self.name)
        return int(found[1]) if found else 0

    @property
    def worn(self) -> bool:
        """Whether it is worn; armour whose name is cut off before it tells is taken to be."""
        return _worn(self.text, self.oclass)

    @property
    def wielded(self) -> bool:
        """Whether it is in the hand; not the alternate weapon."""
        return _wielded(self.text)

    @property
    def equipped(self) -> bool:
        """Whether it is worn or wielded."""
        return self.worn or self.wielded

    @property
    def unpaid(self) -> bool:
        """Whether a shopkeeper still wants money for it."""
        return "(unpaid" in self.text

    @property
    def spent(self) -> bool:
        """Whether it is known to hold no charge, (recharged how often:0), or to be cancelled."""
        return bool(_NO_CHARGE.search(self.text))

    @property
    def weight(self) -> int:
        """What the whole stack weighs, as far as it can be known."""
        return self.quantity * object_kinds.weight(self.kind, self.oclass)


@lru_cache(maxsize=4096)
def _kind(name: str, glyph: int, oclass: int) -> str:
    named = object_kinds.kind_of(name)
    shown = int(glyphs.OBJECT_TYPE[glyph])
    if object_kinds.is_kind(named) or shown < 0:
        return named
    hallucinated = glyphs.OBJECT_CLASSES[shown] != oclass
    return named if hallucinated else object_kinds.GLYPH_KINDS[shown]


@lru_cache(maxsize=4096)
def _worn(text: str, oclass: int) -> bool:
    untold = _cut_off(text) and oclass == nh.ARMOR_CLASS and "(" not in text
    return _says(text, "(being worn") or untold


@lru_cache(maxsize=4096)
def _wielded(text: str) -> bool:
    return _says(text, "(weapon in") or _says(text, "(wielded")


def _cut_off(text: str) -> bool:
    """Whether NLE's line was too short for the name, as far as can be told."""
    return len(text) >= MAX_TEXT


def _says(text: str, remark: str) -> bool:
    """Whether a line ends in this remark, or was cut off within it."""
    ends = (remark[:length] for length in range(2, len(remark)))
    return remark in text or (_cut_off(text) and text.endswith(tuple(ends)))


def read_inventory(observation: dict[str, np.ndarray]) -> tuple[Item, ...]:
    """Read the items in NLE's order.

    Args:
        observation: with inv_letters, inv_glyphs, inv_oclasses (55,) and inv_strs (55, 80).
    """
    letters = bytes(observation["inv_letters"]).rstrip(b"\0").decode("latin-1")
    return tuple(
        _item(
            letter,
            int(observation["inv_glyphs"][i]),
            int(observation["inv_oclasses"][i]),
            bytes(observation["inv_strs"][i]).split(b"\0", 1)[0].decode("latin-1"),
        )
        for i, letter in enumerate(letters)
    )


@lru_cache(maxsize=4096)
def _item(letter: str, glyph: int, oclass: int, text: str) -> Item:
    found = _DESCRIPTION.match(text)
    if not found:
        return Item(letter, glyph, oclass, text, 1, None, text)
    count = int(found["count"]) if found["count"].isdigit() else 1
    return Item(letter, glyph, oclass, text, count, found["buc"], found["name"])
