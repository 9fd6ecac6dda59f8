"""Rewards by name: how much the game moved on during one keystroke.

A config weighs them: ``reward: {max_depth: 1.0, death: -1.0}``.

Two of them, `depth` and `hit_points`, are **shaping**: Φ says how good a place is to be in, and a
keystroke from s to s' earns γ Φ(s') - Φ(s), with Φ = 0 where the game has ended. Whatever happens,
that sums to -Φ of the first state, so it speeds learning up and leaves the best policy what it was
(Ng, Harada & Russell, 1999). Without the γ, going down a level and coming back up later would pay.
To be paid for going deep, take `max_depth`: it and the rest are plain changes, an aim each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from envs.knowledge.knowledge import Knowledge
from envs.names import check_name, shown


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


# before, after, and the discount of what comes after: γ, or 0 where the game has ended
Gain = Callable[[Standing, Standing, float], float]


class Delta(NamedTuple):
    """What a reward counts, and how much of it one keystroke brought."""

    meaning: str
    of: Gain


def change(field: str) -> Gain:
    """Return the reward that is how much a field of `Standing` grew."""
    at = Standing._fields.index(field)
    return lambda before, after, discount: after[at] - before[at]


def shaping(field: str) -> Gain:
    """Return γ Φ(s') - Φ(s) for a field of `Standing` as the potential Φ."""
    at = Standing._fields.index(field)
    return lambda before, after, discount: discount * after[at] - before[at]


REWARDS: dict[str, Delta] = {
    "points": Delta("NetHack's score", change("points")),
    "progression": Delta("BALROG's estimate of progress, 0 to 1", change("progression")),
    "max_depth": Delta("levels deeper than ever before", change("max_depth")),
    "depth": Delta(
        "shaping by the level's depth: being deep helps, and is no aim (see max_depth)",
        shaping("depth"),
    ),
    "experience": Delta("experience points", change("experience")),
    "experience_level": Delta("experience levels", change("experience_level")),
    "hit_points": Delta("shaping by the fraction of the maximum hit points", shaping("health")),
    "gold": Delta("gold pieces", change("gold")),
    "squares": Delta("map squares seen for the first time", change("squares")),
    "turn": Delta("game turns (use a negative weight)", change("turn")),
    "task": Delta("the NLE task's own reward", lambda before, after, discount: after.task),
    "death": Delta(
        "1 on death (use a negative weight)", lambda before, after, discount: after.dead
    ),
}


HEAVIEST = 1e9  # a weight: what a game adds up to is then below every bound of its row


def check_weights(weights: Mapping[str, float]) -> None:
    """Raise ValueError for a weight beyond `HEAVIEST`."""
    for name, weight in weights.items():
        if abs(weight) > HEAVIEST:
            raise ValueError(f"the weight of {name} must be from -1e9 to 1e9, not {shown(weight)}")


class Reward:
    """A weighted sum of named deltas, discounted over the keystrokes of one decision.

    Args:
        weights: by name of `REWARDS`.
        discount: γ per keystroke, in (0, 1].

    Raises:
        ValueError: for an unknown name, and for a weight that is too heavy.
    """

    def __init__(self, weights: Mapping[str, float], discount: float) -> None:
        for name in weights:
            check_name("reward", name, REWARDS)
        check_weights(weights)
        if not 0 < discount <= 1:
            raise ValueError(f"discount must be in (0, 1], not {discount}")
        self.discount = discount
        self._terms = [(weight, REWARDS[name].of) for name, weight in weights.items() if weight]

    def start(self, first: Standing) -> None:
        """Begins a decision."""
        self.total, self.next_discount, self._before = 0.0, 1.0, first

    def add(self, after: Standing, over: bool = False) -> None:
        """Add one keystroke: R ← R + γⁱ rᵢ (Sutton, Precup & Singh, 1999, section 3).

        Args:
            after: where the game stands now.
            over: whether the keystroke ended it (a game cut off by a limit of ours goes on).
        """
        before, discount = self._before, 0.0 if over else self.discount
        gain = 0.0
        for weight, delta in self._terms:
            gain += weight * delta(before, after, discount)
        self.total += self.next_discount * gain
        self.next_discount *= self.discount
        self._before = after
