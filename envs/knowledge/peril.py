"""How a fight stands: the harm that what is in view does, and how far it is to a way out."""

from __future__ import annotations

from envs.data.glyphs import Terrain
from envs.data.monsters import NORMAL_SPEED, SPEED, threat
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.threats import distance, threats

NEAR = 6  # squares from which a monster is soon there
LASTING = 20.0  # turns or steps from which on it makes no difference
# Experience points that level 2, 3, … asks for (exper.c, newuexp).
_POINTS = (*(10 * 2**level for level in range(1, 10)), *(10_000 * 2**n for n in range(10)))


def harm(known: Knowledge, within: int = NEAR) -> float:
    """Return the hit points a turn that the dangerous monsters so near cost once all are beside."""
    armor_class = known.stats.armor_class
    return sum(threat(monster.species, armor_class) for monster in threats(known, within))


def turns_to_live(known: Knowledge) -> float:
    """Return how many turns of that harm the hero lasts, at most `LASTING`."""
    harmed = harm(known)
    return min(max(known.stats.hit_points, 0) / harmed, LASTING) if harmed > 0 else LASTING


def outrun(known: Knowledge) -> bool:
    """Whether a dangerous monster near is faster than a hero without haste."""
    return any(SPEED[monster.species] > NORMAL_SPEED for monster in threats(known, NEAR))


def steps_to_stairs(known: Knowledge) -> float:
    """Return the steps to the nearest stairs known, up or down, at most `LASTING`."""
    level = known.level
    stairs = (*level.where(Terrain.STAIRS_DOWN), *level.where(Terrain.STAIRS_UP))
    reachable = (float(level.dist[square]) for square in stairs if level.reachable(square))
    return min(min(reachable, default=LASTING), LASTING)


def stairs_before_pursuers(known: Knowledge) -> bool:
    """Whether known stairs are nearer to the hero than to any dangerous monster near."""
    level, pursuers = known.level, threats(known, NEAR)
    return any(
        level.reachable(square)
        and all(level.dist[square] < distance(square, pursuer.square) for pursuer in pursuers)
        for square in (*level.where(Terrain.STAIRS_DOWN), *level.where(Terrain.STAIRS_UP))
    )


def to_next_level(known: Knowledge) -> float:
    """Return the share of the way from one experience level to the next that is behind the hero."""
    stats = known.stats
    level = min(max(stats.experience_level, 1), len(_POINTS))
    before = _POINTS[level - 2] if level > 1 else 0
    share = (stats.experience - before) / (_POINTS[level - 1] - before)
    return min(max(share, 0.0), 1.0)
