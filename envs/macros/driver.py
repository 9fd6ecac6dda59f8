"""Plays one macro-action on a game, key by key, and decides when it must end."""

from __future__ import annotations

from collections import Counter

from envs.game import Game
from envs.macros.base import ENTER, ESCAPE, Keys, Macro

PASS_TURN = ord("s")
MAX_IDLE_DECISIONS = 4  # in a row; a fast hero may well act twice within a turn
SHARP_LOSS = 0.25  # of the maximum hit points, lost since the macro-action began
MAX_KEYS_PER_COMMAND = 100  # a command may finish, past the budget, but no longer than this


class Driver:
    """Pulls keys from a macro-action's generator: `next_key` until it returns None.

    A macro-action ends when its generator does, or between two commands when another hostile
    monster comes into view, hit points are down sharply, a question was declined, the level
    changed, or its key budget is spent. One that sends no key at all passes a turn, and so does the
    last of several that took no game time, so that no game comes to a standstill.

    Attributes:
        ended: why the last macro-action ended; "" while it runs.
    """

    def __init__(self, game: Game, macro: Macro) -> None:
        self.game, self.macro = game, macro
        self.keys = 0
        self.ended = ""
        self._turn = game.stats.turn
        self._hit_points = game.stats.hit_points
        self._hostiles = _kinds(game)
        self._level, self._monsters = game.level, game.level.monsters
        self._play: Keys = macro.play(game)

    def next_key(self) -> int | None:
        """The next key to send, once `game` took in the last one; None when it has ended.

        The generator is resumed before an interruption takes hold, so that it can note what its
        last key brought about; the key that it would send next is dropped.
        """
        if self.ended:
            return None
        self.ended = self._interruption()
        key = next(self._play, None)
        if self.ended or key is None:
            self._play.close()
            self.game.pending = 0
            self.ended = self.ended or "done"
            if not self._must_pass():
                return None
            key = _key_to_pass(self.game)
        self.keys += 1
        return key

    def _must_pass(self) -> bool:
        game = self.game
        game.idle_decisions = 0 if game.stats.turn > self._turn else game.idle_decisions + 1
        return not self.keys or game.idle_decisions >= MAX_IDLE_DECISIONS

    def _interruption(self) -> str:
        game = self.game
        if self.keys >= self.macro.budget + MAX_KEYS_PER_COMMAND:
            return "key budget spent"
        if not self.keys or game.pending or game.prompt is not None:
            return ""
        if self.keys >= self.macro.budget:
            return "key budget spent"
        if game.declined:
            return "question declined"
        if game.level is not self._level:
            return "another level"
        if game.level.monsters is not self._monsters:
            self._monsters, hostiles = game.level.monsters, _kinds(game)
            if hostiles - self._hostiles:
                return "new hostile in view"
            self._hostiles |= hostiles  # one that slips out of view and back is not new
        lost = self._hit_points - game.stats.hit_points
        if lost >= SHARP_LOSS * game.stats.max_hit_points:
            return "hit points down sharply"
        return ""


def _key_to_pass(game: Game) -> int:
    """What passes a turn, or gets rid of the question that keeps one from passing."""
    if game.prompt is None:
        return PASS_TURN
    return ENTER if game.prompt.kind == "more" else ESCAPE


def _kinds(game: Game) -> Counter[int]:
    """How many hostile monsters of each species are in view."""
    return Counter(monster.species for monster in game.hostiles)
