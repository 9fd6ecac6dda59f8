"""Flee: leave by stairs what would win the fight.

To run about on the level does not help: who is out of view is soon back, or shoots.
"""

from __future__ import annotations

import numpy as np
from nle import nethack as nh

from envs.data.monsters import DWARVES, NORMAL_SPEED, SPEED, WORST, threat
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.outlook import losing, winning
from envs.knowledge.paths import Square
from envs.knowledge.peace import Monster
from envs.knowledge.threats import distance, threats, under_fire
from envs.macros.base import Keys
from envs.macros.stairs import Ascend, Descend, fled_lately, way_down, way_up

HURT_SHARE, WORN_SHARE, WELL_SHARE = 0.5, 0.7, 0.9  # of the maximum hit points
CLOSE = 3  # squares to a monster that may strike soon
REACH = 30  # steps; nobody flees further
NEAR = 10  # squares; what is further away is no reason to run
BEARABLE = 0.5  # of the hit points left: blows on the way to stairs that are worth taking

_STALK = 0x01000000  # monflag.h, M2_STALK
# (382,) may come along by stairs: a minority, neither dogs nor ants nor dwarves; the unseen may.
FOLLOWS = np.array([*(bool(nh.permonst(i).mflags2 & _STALK) for i in range(nh.NUMMONS)), True])


class Flee:
    """When badly hurt, leave by stairs where no pursuer follows."""

    name = "flee"
    budget = 60

    def available(self, known: Knowledge) -> bool:
        """Whether staying may be the end, a danger is near, or shoots from out of sight, and stairs
        lead away from it.
        """
        if known.engulfed or known.stats.overloaded:
            return False
        pursuers = threats(known)
        near = any(distance(monster.square, known.hero) <= NEAR for monster in pursuers)
        shot = known.stats.health < WORN_SHARE and under_fire(known)
        return (shot or (near and _outmatched(known))) and _stairs(known, pursuers) is not None

    def play(self, known: Knowledge) -> Keys:
        """Take the stairs, up rather than down, and note which level was fled from."""
        stairs = _stairs(known, threats(known))
        if stairs is not None:
            level, left = known.level, known.level_key
            yield from stairs.play(known)
            if known.level is not level:
                known.fled[left] = known.stats.turn


def _outmatched(known: Knowledge) -> bool:
    """Whether staying is likely to be the end: the hurt stay only for a fight that is as good as
    won, and who has taken some blows does not stay for one that is lost.
    """
    health = known.stats.health
    if health < HURT_SHARE and not winning(known):
        return True
    return (health < WORN_SHARE and losing(known)) or _in_peril(known)


def _in_peril(known: Knowledge) -> bool:
    """Whether a hero who would gain by a rest may be killed by the next round of blows."""
    if known.stats.health >= WELL_SHARE:
        return False
    worst = sum(float(WORST[m.species]) for m in threats(known, CLOSE) if m.species in DWARVES)
    return known.stats.hit_points <= worst


def _stairs(known: Knowledge, pursuers: list[Monster]) -> Ascend | Descend | None:
    """Return the way out by stairs, up if possible, on which nobody comes along or kills the
    hero.
    """
    up = way_up(known)
    if up is not None and not fled_lately(known, up) and _escapes(known, up, pursuers):
        return Ascend()
    down = way_down(known) if Descend().available(known) else None
    if down is None or down.hole is not None:
        return None
    return Descend() if _escapes(known, down.square, pursuers) else None


def _escapes(known: Knowledge, stairs: Square, pursuers: list[Monster]) -> bool:
    """Whether the hero gets away by these stairs: some kinds of monsters never follow, others do if
    they are adjacent when the hero takes the stairs (dog.c, keepdogs and levl_follower). Who stands
    on them leaves before the next blow.
    """
    if _ahead(known, stairs, pursuers):
        return True
    steps = int(known.level.dist[stairs])
    followers = [monster for monster in pursuers if FOLLOWS[monster.species]]
    blows = sum(threat(m.species, known.stats.armor_class) for m in pursuers) * steps
    return _ahead(known, stairs, followers) and blows < BEARABLE * known.stats.hit_points


def _pace(known: Knowledge) -> float:
    """Return the hero's movement per turn, less a quarter for each degree of burden (allmain.c);
    that some heroes are faster by nature is left out.
    """
    return NORMAL_SPEED * (1 - min(known.stats.burden, 3) / 4)


def _ahead(known: Knowledge, goal: Square, pursuers: list[Monster]) -> bool:
    """Whether the hero gets to `goal` before every pursuer, and with a square between them."""
    steps = int(known.level.dist[goal])
    if steps > REACH:
        return False
    for monster in pursuers:
        moves = steps * SPEED[monster.species] / _pace(known)
        lead = distance(monster.square, known.hero) + steps - moves
        if lead < 2 or distance(monster.square, goal) <= moves:
            return False
    return True
