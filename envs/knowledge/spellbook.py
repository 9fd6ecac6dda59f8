"""Reads the menu of known spells."""

from __future__ import annotations

import re
from typing import NamedTuple

from envs.knowledge.menus import MenuLine

_SPELL = re.compile(r"^(?P<name>[a-z][a-z ]*?)\s+\*?\s*(?P<level>\d)\s+[a-z]+\s+(?P<fail>\d+)%")


class Spell(NamedTuple):
    """A known spell: the letter that casts it, its level, and its chance of failure in percent."""

    letter: str
    name: str
    level: int
    fail: int


def read_spells(lines: list[MenuLine]) -> tuple[Spell, ...]:
    """Return the spells in the lines of the menu that ``Z`` shows."""
    found = ((line.letter, _SPELL.match(line.text)) for line in lines)
    return tuple(
        Spell(letter, spell["name"], int(spell["level"]), int(spell["fail"]))
        for letter, spell in found
        if spell
    )
