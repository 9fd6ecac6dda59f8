"""Writing in the dust: Elbereth, and with unknown wands to learn what they are; and reading what is
written underfoot (wiki: "Elbereth", "Engrave-identification").
"""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.wands import learn_from_engraving
from envs.knowledge.writing import WORD, note_reading
from envs.macros.base import ENTER, ESCAPE, MAX_ANSWERS, Keys, command
from envs.nethack.dungeons import GEHENNOM

FINGER = "-"
# A wand of digging engraves, one of fire or lightning burns (engrave.c, doengrave).
_ASKS_WHAT = re.compile("want to (?:write|engrave|burn|add)")
LONG_PATIENCE = 1_000  # turns before it is tried again, where the hands are not free
_OFF_THE_FLOOR = nh.BL_MASK_LEV | nh.BL_MASK_RIDE


def can_write(known: Knowledge) -> bool:
    """Whether the hero's finger reaches the dust here, and the word is of use in this place."""
    stats = known.stats
    if stats.turn < known.no_writing_before or stats.dungeon == GEHENNOM:
        return False
    if known.engulfed or known.transformed or stats.condition & _OFF_THE_FLOOR:
        return False
    if stats.hands_full:
        return False
    return bool(known.level.terrain[known.hero] != Terrain.FURNITURE)


def read_dust(known: Knowledge) -> Keys:
    """Look at what is written underfoot, which takes no time. Until the game has answered, what was
    known of it stands: an interruption may come first.
    """
    yield from command(known, b":")
    known.level.elbereth.pop(known.hero, None)
    note_reading(known.level, known.hero, " ".join(known.messages), known.stats.turn)


def write_elbereth(known: Knowledge) -> Keys:
    """Write the word with a finger, in place of what is there."""
    yield from _write(known, FINGER, WORD)
    if known.heard("no free hand"):  # a cursed weapon
        known.no_writing_before = known.stats.turn + LONG_PATIENCE
    yield from command(known, ())


def engrave_with(known: Knowledge, wand: Item) -> Keys:
    """Write a letter with a wand, and note what its effect on the floor tells of it."""
    yield from _write(known, wand.letter, "x")
    learn_from_engraving(known, wand)
    yield from command(known, ())


def _write(known: Knowledge, tool: str, text: str) -> Keys:
    yield from command(known, ())
    known.begin_command()
    yield ord("E")
    for _ in range(MAX_ANSWERS):
        prompt = known.prompt
        if prompt is None or prompt.kind == "getline":
            break
        yield _answer(prompt.kind, prompt.text, tool)
    if known.prompt is not None and _ASKS_WHAT.search(known.prompt.text):
        yield from text.encode()
        yield ENTER


def _answer(kind: str, text: str, tool: str) -> int:
    if kind == "more":
        return ENTER
    if "write with" in text:
        return ord(tool)
    return ord("n") if "add to" in text else ESCAPE
