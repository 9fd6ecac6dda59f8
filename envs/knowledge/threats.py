"""Which monsters in view are a danger: what the skills of survival go by."""

from __future__ import annotations

from envs.data.monsters import STATIONARY, threatening
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import Square
from envs.knowledge.peace import Monster

LATELY = 3  # turns
SHOT = 10  # squares that a missile flies, or more (mthrowu.c, m_throw)


def distance(a: Square, b: Square) -> int:
    """King's moves between two squares, walls aside."""
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def dangerous(known: Knowledge, monster: Monster) -> bool:
    """Whether a monster may come and attack; what is unseen or rooted counts while adjacent."""
    if not monster.hostile or not threatening(monster.species):
        return False
    comes = monster.species >= 0 and not STATIONARY[monster.species]
    return comes or known.adjacent(monster.square)


def under_fire(known: Knowledge) -> bool:
    """Whether somebody out of sight shot or zapped at the hero not long ago; who is in view instead
    is judged by himself.
    """
    shot_at = known.shot_at
    lately = shot_at is not None and known.stats.turn - shot_at <= LATELY
    return lately and not threats(known, SHOT)


def threats(known: Knowledge, within: int = 99) -> list[Monster]:
    """Return the dangerous monsters in view, at most so many squares away."""
    return [
        monster
        for monster in known.level.monsters
        if distance(monster.square, known.hero) <= within and dangerous(known, monster)
    ]
