"""What the hero carries, read from NLE's inventory keys."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from nle import nethack as nh

from envs import glyphs

_DESCRIPTION = re.compile(
    r"^(?P<count>an?|the|\d+) (?:(?P<buc>blessed|uncursed|cursed) )?(?P<name>.*)$"
)


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
        appearances do not tell it, so use `name` for those."""
        kind = int(glyphs.OBJECT_TYPE[self.glyph])
        return glyphs.OBJECT_NAMES[kind] if kind >= 0 else ""

    @property
    def equipped(self) -> bool:
        """Whether it is worn, wielded or quivered."""
        return "(being worn" in self.text or "(weapon in" in self.text or "(wielded" in self.text


def read_inventory(observation: dict[str, np.ndarray]) -> tuple[Item, ...]:
    """Reads the items in NLE's order.

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


def _item(letter: str, glyph: int, oclass: int, text: str) -> Item:
    found = _DESCRIPTION.match(text)
    if not found:
        return Item(letter, glyph, oclass, text, 1, None, text)
    count = int(found["count"]) if found["count"].isdigit() else 1
    return Item(letter, glyph, oclass, text, count, found["buc"], found["name"])


def is_food(item: Item) -> bool:
    """Whether the item is of the comestibles class."""
    return item.oclass == nh.FOOD_CLASS
