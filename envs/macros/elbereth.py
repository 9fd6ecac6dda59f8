"""Elbereth: write the elven word that most monsters fear, and rest upon it."""

from __future__ import annotations

from nle import nethack as nh

from envs.data.monsters import threat
from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.outlook import blows, winning
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command
from envs.macros.engrave import can_write, read_dust, write_elbereth

HURT_SHARE, RESTED_SHARE = 0.6, 0.8  # of the maximum hit points
NEAR = 8  # squares to the nearest danger
CLOSE = 2  # squares; attacks smudge the word (mhitu.c, hitmu), so it is read again
HELD_OFF = 4  # squares to those who flee from the word, and would be there without it
MAX_WRITINGS = 4  # in one go; each succeeds with probability 0.96 ** 8 (engrave.c, doengrave)
SOONER = 1.9  # blows: the word takes 1.4 turns on average, and who strikes is half a turn ahead
MAX_IDLE = 2  # in a row that took no time: the fast act twice in a turn, but no more often
PATIENCE = 30  # turns before it is tried again after it failed
_CANNOT_READ = nh.BL_MASK_BLIND


class Elbereth:
    """Write Elbereth in the dust where monsters threaten, and rest on it while it holds."""

    name = "elbereth"
    budget = 120

    def available(self, known: Knowledge) -> bool:
        """Whether somebody near, as well as all who are beside the hero, fears the word; and the
        hero stands on it and is not rested yet, or is hurt in a fight that is neither as good as
        won nor over before the word stands.
        """
        written = on_elbereth(known)
        if known.stats.health >= (RESTED_SHARE if written else HURT_SHARE) or not _possible(known):
            return False
        if not any(respects(monster) for monster in threats(known, NEAR)):
            return False
        return written or not (winning(known) or _over_before(known))

    def play(self, known: Knowledge) -> Keys:
        """Write the word up to four times, and wait on it until well, driven off, or let down."""
        writings, idle, square, unread = 0, 0, known.hero, False
        while known.stats.health < RESTED_SHARE and known.hero == square and _possible(known):
            turn = known.stats.turn
            if unread or threats(known, CLOSE) or not on_elbereth(known):
                yield from read_dust(known)
                unread = False
            if on_elbereth(known):
                yield from _rest(known)
            elif writings < MAX_WRITINGS:
                yield from write_elbereth(known)
                known.level.elbereth[square], unread = known.stats.turn, True  # most likely
                writings += 1
            idle = idle + 1 if known.stats.turn == turn else 0
            if idle == MAX_IDLE:  # too many failures, or no place to write
                _give_up(known)


def _over_before(known: Knowledge) -> bool:
    """Whether those who are, or soon will be, beside the hero are dead before the word stands."""
    foes = threats(known, CLOSE)
    return bool(foes) and sum(blows(known, foe) for foe in foes) <= SOONER


def _possible(known: Knowledge) -> bool:
    """Whether the word can be written and helps here: nothing adjacent ignores it."""
    if not can_write(known) or known.stats.condition & _CANNOT_READ:
        return False
    if known.stats.hunger >= Hunger.FAINTING:  # time is not on the hero's side
        return False
    return all(respects(monster) for monster in threats(known, 1))


def _rest(known: Knowledge) -> Keys:
    """Wait a while; give the word up if it is there, and somebody does more harm all the same than
    those whom it holds off would.
    """
    hit_points, turn = known.stats.hit_points, known.stats.turn
    yield from command(known, b"5s" if threats(known) else b"20s")
    lost = hit_points - known.stats.hit_points
    if lost > 0:
        yield from read_dust(known)
        turns = max(known.stats.turn - turn, 1)
        if on_elbereth(known) and lost >= _held_off(known) * turns:
            _give_up(known)


def _held_off(known: Knowledge) -> float:
    """Hit points a turn that those who are near, and fear the word, would cost."""
    near = [monster for monster in threats(known, HELD_OFF) if respects(monster)]
    return sum(threat(monster.species, known.stats.armor_class) for monster in near)


def _give_up(known: Knowledge) -> None:
    known.no_writing_before = max(known.no_writing_before, known.stats.turn + PATIENCE)
