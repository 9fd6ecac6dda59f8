"""A playback of screens that a test draws: all characters, colours and kinds of decision."""

import numpy as np
from helpers.outcomes import ended

from envs.knowledge.statistics import Statistics
from experiments.playback.playback import Playback
from experiments.replays.decisions import BY_HAND, Choice, Decision

NAMES = ("explore", "fight", "pray")
SITUATION = "threat: none, health: full"
HOSTILE = "</script><b>bold</b> & <!--"
INFINITE = float("inf")
# position: hit points of 30, depth
COURSE = {0: (30, 1), 3: (9, 1), 5: (20, 2), 7: (30, 1), 8: (4, 3), 10: (0, 3)}
LAST = 10


def observation(position: int) -> dict[str, np.ndarray]:
    """The screen of a position: its number at the top, all characters and colours below it."""
    chars = np.full((24, 80), ord(" "), np.uint8)
    colors = np.zeros((24, 80), np.uint8)
    chars[0, :16] = list(f"position {position:<7}".encode())
    colors[0, :16] = 7
    chars[2:6, :64] = np.arange(256, dtype=np.uint8).reshape(4, 64)
    colors[2:6] = 7
    chars[8, :32] = ord("x")
    colors[8, :32] = np.arange(32)
    colors[9, 10:20] = 16 + 2  # reversed blanks
    chars[10, 0], colors[10, 0] = ord("@"), position % 16
    hit_points, depth = COURSE[max(p for p in COURSE if p <= position)]
    empty = Statistics(*[0] * len(Statistics._fields))
    stats = empty._replace(
        hit_points=hit_points, max_hit_points=30, depth=depth, level=depth, score=position * 111,
        turn=position + 1,
    )  # fmt: skip
    return {
        "tty_chars": chars,
        "tty_colors": colors.view(np.int8),
        "tty_cursor": np.array([8, position % 80], np.uint8),
        "glyphs": np.zeros((21, 79), np.int16),
        "blstats": np.array(stats),
    }


def choice(chosen: int, beliefs: bool) -> Choice:
    """Of three actions, the last one illegal; the second has an open upper bound."""
    return Choice(
        NAMES, SITUATION, np.array([True, True, False]), np.array([0.125, 0.875, 0.0]),
        np.array([1.0, -3.0, 100.0]) if beliefs else None,
        np.array([1234, 7, 0]) if beliefs else None,
        np.array([[0.0, -4.0, -INFINITE], [4.0, INFINITE, INFINITE]]) if beliefs else None,
        chosen,
    )  # fmt: skip


# The third sends no key, the last one is by hand.
DECISIONS = (
    Decision(1, "fight", 0, choice(1, True), b"20s\x04", "done", 1.5),
    Decision(2, "explore", 4, choice(0, False), b"hh", "new hostile in view", -0.25),
    Decision(3, "fight", 6, choice(1, True), b"", "nothing to fight", 0.0),
    Decision(4, "explore", 6, choice(0, False), b"\x1b\xf0", HOSTILE, 1000.0),
    Decision(5, BY_HAND, 8, choice(-1, False), b"jj", "game over", 0.0),
)


def many(count: int) -> list[Decision]:
    """So many decisions of three keys."""
    return [
        Decision(n + 1, "fight", 3 * n, choice(1, True), b"Fhj", "done", float(n))
        for n in range(count)
    ]


class Drawn(Playback):
    """A screen for every key of the decisions."""

    def __init__(self, title="drawn, game 0", notice="", decisions=DECISIONS) -> None:
        super().__init__(title, NAMES, 0, {})
        self.notice, self.decisions = notice, list(decisions)
        self.screens.append(observation(0))

    def close(self):
        pass

    def advance(self) -> bool:
        """Draws the next screen."""
        if self.over:
            return False
        self.screens.append(observation(len(self.screens)))
        self.over = self.length == self.decisions[-1].end
        return True

    def outcome(self):
        """A death."""
        return ended(
            points=1110, cause=f"killed by a {HOSTILE}", depth=3, max_depth=3, turns=11,
            character="mon-hum-neu-fem",
        )  # fmt: skip

    @property
    def terminated(self):
        """A death."""
        return True
