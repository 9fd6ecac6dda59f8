"""Elbereth: write the elven word that most monsters fear, and rest upon it."""

from __future__ import annotations

from nle import nethack as nh

from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.outlook import blows, winning
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command
from envs.macros.engrave import can_write, read_dust, write_elbereth

HURT_SHARE, RESTED_SHARE = 0.6, 0.8  # of the maximum hit points
NEAR = 8  # squares to the nearest danger
CLOSE = 2  # squares; attacks smudge the word (mhitu.c, hitmu), so it is read again
MAX_WRITINGS = 4  # in one go; each succeeds with probability 0.96 ** 8 (engrave.c, doengrave)
SOONER = 1.9  # blows: the word takes 1.4 turns on average, and who strikes is half a turn ahead
PATIENCE = 30  # turns before it is tried again after it failed
_CANNOT_READ = nh.BL_MASK_BLIND


class Elbereth:
    """Write Elbereth in the dust where monsters threaten, and rest on it while it holds."""

    name = "elbereth"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether the hero is hurt in a fight that is neither as good as won nor over before the
        word stands, and somebody near, as well as all who are beside him, fears it.
        """
        if known.stats.health >= HURT_SHARE or not _possible(known) or winning(known):
            return False
        beside = threats(known, 1)
        if beside and sum(blows(known, foe) for foe in beside) <= SOONER:
            return False  # they are dead before the word stands
        return any(respects(monster) for monster in threats(known, NEAR))

    def play(self, known: Knowledge) -> Keys:
        """Write the word up to four times, and wait on it until well, driven off, or let down."""
        writings, square = 0, known.hero
        while known.stats.health < RESTED_SHARE and known.hero == square and _possible(known):
            turn = known.stats.turn
            if threats(known, CLOSE) or not on_elbereth(known):
                yield from read_dust(known)
            if on_elbereth(known):
                yield from _rest(known)
            elif writings < MAX_WRITINGS:
                yield from write_elbereth(known)
                writings += 1
            if known.stats.turn == turn:  # too many failures, or no place to write
                _give_up(known)


def _possible(known: Knowledge) -> bool:
    """Whether the word can be written and helps here: nothing adjacent ignores it."""
    if not can_write(known) or known.stats.condition & _CANNOT_READ:
        return False
    if known.stats.hunger >= Hunger.FAINTING:  # time is not on the hero's side
        return False
    return all(respects(monster) for monster in threats(known, 1))


def _rest(known: Knowledge) -> Keys:
    """Wait a while; give the word up if somebody harms the hero although it is there."""
    hit_points = known.stats.hit_points
    yield from command(known, b"5s" if threats(known) else b"20s")
    if known.stats.hit_points < hit_points:
        yield from read_dust(known)
        if on_elbereth(known):
            _give_up(known)


def _give_up(known: Knowledge) -> None:
    known.no_writing_before = max(known.no_writing_before, known.stats.turn + PATIENCE)
