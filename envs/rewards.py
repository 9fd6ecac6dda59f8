"""Rewards by name: how much the game moved on during one keystroke.

A config weighs them: ``reward: {depth: 1.0, death: -1.0}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from envs.knowledge.knowledge import Knowledge
from envs.names import check_name


class Standing(NamedTuple):
    """Where a game stands after a keystroke.

    Attributes:
        max_depth: deepest level reached so far.
        progression: BALROG's estimate, the furthest so far.
        task: the task's own reward for the last keystroke.
        dead: 1 if the game ended in death.
    """

    points: int
    progression: float
    max_depth: int
    depth: int
    experience: int
    experience_level: int
    health: float
    gold: int
    squares: int
    turn: int
    task: float
    dead: int


def standing(
    known: Knowledge, max_depth: int, progression: float, task: float, dead: bool
) -> Standing:
    """Take a snapshot from what the player knows and what the env keeps."""
    stats = known.stats
    return Standing(
        stats.score, progression, max_depth, stats.depth, stats.experience, stats.experience_level,
        stats.health, stats.gold, known.squares_seen, stats.turn, task, int(dead),
    )  # fmt: skip


class Delta(NamedTuple):
    """What a reward counts, and how much of it one keystroke brought: standing before, after."""

    meaning: str
    of: Callable[[Standing, Standing], float]


REWARDS: dict[str, Delta] = {
    "points": Delta("NetHack's score", lambda before, after: after.points - before.points),
    "progression": Delta(
        "BALROG's estimate of progress, 0 to 1",
        lambda before, after: after.progression - before.progression,
    ),
    "max_depth": Delta(
        "levels deeper than ever before", lambda before, after: after.max_depth - before.max_depth
    ),
    "depth": Delta(
        "levels down; coming back up takes it away again (Ng, Harada & Russell, 1999)",
        lambda before, after: after.depth - before.depth,
    ),
    "experience": Delta(
        "experience points", lambda before, after: after.experience - before.experience
    ),
    "experience_level": Delta(
        "experience levels", lambda before, after: after.experience_level - before.experience_level
    ),
    "hit_points": Delta(
        "fraction of the maximum hit points", lambda before, after: after.health - before.health
    ),
    "gold": Delta("gold pieces", lambda before, after: after.gold - before.gold),
    "squares": Delta(
        "map squares seen for the first time", lambda before, after: after.squares - before.squares
    ),
    "turn": Delta(
        "game turns (use a negative weight)", lambda before, after: after.turn - before.turn
    ),
    "task": Delta("the NLE task's own reward", lambda before, after: after.task),
    "death": Delta("1 on death (use a negative weight)", lambda before, after: after.dead),
}


class Reward:
    """A weighted sum of named deltas, discounted over the keystrokes of one decision.

    Args:
        weights: by name of `REWARDS`.
        discount: γ per keystroke, in (0, 1].

    Raises:
        ValueError: for an unknown name.
    """

    def __init__(self, weights: Mapping[str, float], discount: float) -> None:
        for name in weights:
            check_name("reward", name, REWARDS)
        if not 0 < discount <= 1:
            raise ValueError(f"discount must be in (0, 1], not {discount}")
        self.discount = discount
        self._terms = [(weight, REWARDS[name].of) for name, weight in weights.items() if weight]

    def start(self, first: Standing) -> None:
        """Begins a decision."""
        self.total, self.next_discount, self._before = 0.0, 1.0, first

    def add(self, after: Standing) -> None:
        """Add one keystroke: R ← R + γⁱ rᵢ (Sutton, Precup & Singh, 1999, section 3)."""
        gain = sum(weight * delta(self._before, after) for weight, delta in self._terms)
        self.total += self.next_discount * gain
        self.next_discount *= self.discount
        self._before = after
