"""Packs as NLE shows them, written out by hand."""

import numpy as np
from helpers.screens import thing
from nle import nethack as nh

SWORD = ("a", thing("long sword"), nh.WEAPON_CLASS, "a +1 long sword (weapon in hand)")
SHIELD = ("c", thing("small shield"), nh.ARMOR_CLASS,
          "an uncursed +3 small shield (being worn)")  # fmt: skip


def carrying(*lines):
    """An observation with (letter, glyph, class, text) rows."""
    observation = {
        "inv_letters": np.zeros(55, np.uint8), "inv_glyphs": np.full(55, nh.MAX_GLYPH, np.int16),
        "inv_oclasses": np.full(55, nh.MAXOCLASSES, np.uint8),
        "inv_strs": np.zeros((55, 80), np.uint8),
    }  # fmt: skip
    for row, (letter, glyph, oclass, text) in enumerate(lines):
        observation["inv_letters"][row] = ord(letter)
        observation["inv_glyphs"][row], observation["inv_oclasses"][row] = glyph, oclass
        observation["inv_strs"][row, : len(text)] = list(text.encode("latin-1"))
    return observation
