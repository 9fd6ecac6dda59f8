"""Elbereth: write the elven word that most monsters fear, and rest upon it."""

from __future__ import annotations

import re

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.threats import threats
from envs.macros.base import ENTER, ESCAPE, MAX_ANSWERS, Keys, command
from envs.nethack.dungeons import GEHENNOM

WORD = "Elbereth"
WORTH_WRITING, ENOUGH = 0.6, 0.8  # of the maximum hit points
NEAR = 8  # squares to the nearest danger
CLOSE = 2  # squares; attacks smudge the word (mhitu.c, hitmu), so it is read again
MAX_WRITINGS = 4  # in one go; each succeeds with probability 0.96 ** 8 (engrave.c, doengrave)
PATIENCE = 30  # turns before it is tried again after it failed
LONG_PATIENCE = 1_000  # turns, where the hands are not free
_UNABLE = nh.BL_MASK_LEV | nh.BL_MASK_BLIND | nh.BL_MASK_RIDE  # can't reach the floor, or read


class Elbereth:
    """Write Elbereth in the dust where monsters threaten, and rest on it while it holds."""

    name = "elbereth"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        if known.stats.health >= WORTH_WRITING or not _possible(known):
            return False
        return any(respects(monster) for monster in threats(known, NEAR))

    def play(self, known: Knowledge) -> Keys:
        writings, square = 0, known.hero
        while known.stats.health < ENOUGH and known.hero == square and _possible(known):
            turn = known.stats.turn
            if threats(known, CLOSE) or not on_elbereth(known):
                yield from _read(known)
            if on_elbereth(known):
                yield from _rest(known)
            elif writings < MAX_WRITINGS:
                yield from _write(known)
                writings += 1
            if known.stats.turn == turn:  # too many failures, or no place to write
                _give_up(known)


def _possible(known: Knowledge) -> bool:
    """Whether the word can be written and helps here: nothing adjacent ignores it."""
    stats = known.stats
    if stats.turn < known.no_writing_before or stats.dungeon == GEHENNOM or known.engulfed:
        return False
    if stats.hunger >= Hunger.FAINTING:  # time is not on the hero's side
        return False
    if known.transformed:
        return False
    if stats.condition & _UNABLE or known.level.terrain[known.hero] == Terrain.FURNITURE:
        return False
    return all(respects(monster) for monster in threats(known, 1))


def _rest(known: Knowledge) -> Keys:
    """Waits a while; gives the word up if somebody harms the hero although it is there."""
    hit_points = known.stats.hit_points
    yield from command(known, b"5s" if threats(known) else b"20s")
    if known.stats.hit_points < hit_points:
        yield from _read(known)
        if on_elbereth(known):
            _give_up(known)


def _give_up(known: Knowledge) -> None:
    known.no_writing_before = max(known.no_writing_before, known.stats.turn + PATIENCE)


def _read(known: Knowledge) -> Keys:
    """Looks at what is written underfoot, which takes no time."""
    yield from command(known, b":")
    text = re.search(r'You read: +"([^"]*)"', " ".join(known.messages))
    if text and text[1].lower() == WORD.lower():  # capitals do not matter (engrave.c, sengr_at)
        known.level.elbereth[known.hero] = known.stats.turn
    else:
        known.level.elbereth.pop(known.hero, None)


def _write(known: Knowledge) -> Keys:
    """Writes the word with a finger, in place of what is there."""
    yield from command(known, ())
    known.begin_command()
    yield ord("E")
    for _ in range(MAX_ANSWERS):
        prompt = known.prompt
        if prompt is None or prompt.kind == "getline":
            break
        yield _answer(prompt.kind, prompt.text)
    if known.prompt is not None and "want to write" in known.prompt.text:
        yield from WORD.encode()
        yield ENTER
    if known.heard("no free hand"):  # a cursed weapon
        known.no_writing_before = known.stats.turn + LONG_PATIENCE
    yield from command(known, ())


def _answer(kind: str, text: str) -> int:
    if kind == "more":
        return ENTER
    if "write with" in text:
        return ord("-")
    return ord("n") if "add to" in text else ESCAPE
