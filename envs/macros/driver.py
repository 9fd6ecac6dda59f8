"""Plays one macro-action on a game, key by key, and decides when it must end."""

from __future__ import annotations

from collections import Counter

from nle import nethack as nh

from envs.data.monsters import threatening
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.prayer import DEADLY, critically_low
from envs.macros.base import ENTER, ESCAPE, Keys, Macro

PASS_TURN = ord("s")
MAX_IDLE_DECISIONS = 4  # in a row; a fast hero may well act twice within a turn
SHARP_LOSS = 0.25  # of the maximum hit points, lost since they were most in this macro-action
MAX_KEYS_PER_COMMAND = 100  # a command may finish, past the budget, but no longer than this


class Driver:
    """Pulls keys from a macro-action's generator: `next_key` until it returns None.

    A macro-action ends when its generator does, or between two commands when another hostile
    monster comes into view that may attack, hit points are down sharply or so low that a god would
    help, an ailment begins that kills within a few turns, a question was declined, the level
    changed, or its key budget is spent. One that sends no key at all passes a turn, and so does the
    last of several that took no game time, so that no game comes to a standstill.

    Attributes:
        ended: why the last macro-action ended; "" while it runs.
    """

    def __init__(self, known: Knowledge, macro: Macro) -> None:
        self.known, self.macro = known, macro
        self.keys = 0
        self.ended = ""
        self._turn = known.stats.turn
        self._most, self._low = known.stats.hit_points, critically_low(known)
        self._dying = bool(known.stats.condition & DEADLY)
        self._hostiles = _kinds(known)
        self._level, self._monsters = known.level, known.level.monsters
        self._play: Keys = macro.play(known)

    def next_key(self) -> int | None:
        """Return the next key to send, once `known` took in the last one; None when it has ended.

        The generator is resumed before an interruption takes hold, so that it can note what its
        last key brought about; the key that it would send next is dropped.
        """
        if self.ended:
            return None
        self.ended = self._interruption()
        key = next(self._play, None)
        if self.ended or key is None:
            self._play.close()
            self.known.end_command()
            self.ended = self.ended or "done"
            self.known.last_macro, self.known.last_ended = self.macro.name, self.ended
            if not self._must_pass():
                return None
            key = _key_to_pass(self.known)
        self.keys += 1
        return key

    def _must_pass(self) -> bool:
        known = self.known
        known.idle_decisions = 0 if known.stats.turn > self._turn else known.idle_decisions + 1
        return not self.keys or known.idle_decisions >= MAX_IDLE_DECISIONS

    def _interruption(self) -> str:
        known = self.known
        if self.keys >= self.macro.budget + MAX_KEYS_PER_COMMAND:
            return "key budget spent"
        if not self.keys or known.pending or known.prompt is not None:
            return ""
        if self.keys >= self.macro.budget:
            return "key budget spent"
        if known.declined:
            return "question declined"
        if known.level is not self._level:
            return "another level"
        if known.level.monsters is not self._monsters:
            self._monsters, hostiles = known.level.monsters, _kinds(known)
            if any(count > self._hostiles.get(kind, 0) for kind, count in hostiles.items()):
                return "new hostile in view"  # one that slips out of view and back is not new
        self._most = max(self._most, known.stats.hit_points)  # a new level brings some, in a fight
        lost = self._most - known.stats.hit_points
        sharply = lost >= SHARP_LOSS * known.stats.max_hit_points
        if sharply or (lost and critically_low(known) and not self._low):
            return "hit points down sharply"
        if known.stats.condition & DEADLY and not self._dying:
            return "dying"
        return ""


def _key_to_pass(known: Knowledge) -> int:
    """Return what passes a turn, or gets rid of the question that keeps one from passing."""
    if known.prompt is None:
        return PASS_TURN
    return ENTER if known.prompt.kind == "more" else ESCAPE


def _kinds(known: Knowledge) -> dict[int, int]:
    """How many hostile monsters of each species are in view, but for molds and the like, which harm
    nobody who lets them alone; who hallucinates can only count.
    """
    if not known.hostiles:  # the most frequent case
        return {}
    if known.stats.condition & nh.BL_MASK_HALLU:
        return {-1: len(known.hostiles)}
    return Counter(m.species for m in known.hostiles if threatening(m.species))
