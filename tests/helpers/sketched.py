"""A playback of maps that a test sketches, of which nothing else matters."""

import numpy as np
from helpers.drawn import choice
from helpers.outcomes import ended

from envs.data.glyphs import STONE
from envs.knowledge.statistics import Statistics
from experiments.playback.playback import Playback
from experiments.replays.decisions import Decision

FLOOR, NEWT, DOOR = STONE + 19, 322, STONE + 13
STATS = Statistics(*[0] * 27)._replace(hit_points=12, max_hit_points=16, depth=3, turn=1_234)
DECISIONS = (
    Decision(1, "explore", 0, choice(0, False), b"hj", "done"),
    Decision(2, "search", 2, choice(0, False), b"20s", "done"),
)


class Sketch(Playback):
    """Maps: each {(row, column): glyph}; the hero walks along row 10 from column 30."""

    def __init__(self, maps, messages=(), cause="killed by a newt", terminated=True):
        super().__init__("sketched, game 0", ("explore", "fight", "pray"), 0, {})
        self.decisions, self.over = list(DECISIONS), True
        self._cause, self._terminated = cause, terminated
        for place, squares in enumerate(maps):
            glyphs = np.full((21, 79), STONE, np.int16)
            for square, glyph in squares.items():
                glyphs[square] = glyph
            chars = np.full((24, 80), ord(" "), np.uint8)
            message = messages[place].encode() if place < len(messages) else b""
            chars[0, : len(message)] = list(message)
            self.screens.append({
                "tty_chars": chars, "tty_colors": np.zeros((24, 80), np.int8), "glyphs": glyphs,
                "tty_cursor": np.zeros(2, np.uint8),
                "blstats": np.array(STATS._replace(x=30 + place, y=10)),
            })  # fmt: skip

    def close(self):
        pass

    def advance(self):
        return False

    def outcome(self):
        return ended(cause=self._cause)

    @property
    def terminated(self):
        return self._terminated


def corners(top, left, bottom, right):
    """A map that reaches so far."""
    return {(top, left): FLOOR, (bottom, right): NEWT, (10, 30): FLOOR}
