"""Bolts and rays, of spells and wands: whom they hit, and when they do not come back (zap.c)."""

from __future__ import annotations

from envs.data.monsters import SLEEPLESS
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.threats import threats
from envs.macros.aim import Shot, heading, shots

BOLTS = ("force bolt", "striking", "slow monster", "teleportation")  # they hit and stop
RAYS = ("magic missile", "sleep", "cone of cold", "cold", "fire", "lightning", "fireball")
BOLT_REACH, RAY_REACH = 6, 7  # a bolt flies 6 to 13 squares, a ray 7 to 13 (zap.c)
TO_BOUNCE = 7  # squares to a wall from which a ray does not come back to the hero
SLEEP_LASTS = 10  # turns for which foes surely sleep, or nearly so, and no further ray is worth it


def lines_of_fire(known: Knowledge, kind: str) -> list[Shot]:
    """Return the shots in which a spell or a wand of this name hits the monster and not the
    hero.
    """
    if kind in BOLTS:
        return shots(known, BOLT_REACH)
    if kind == "sleep":
        return _sleep_rays(known) if known.stats.turn >= known.no_sleep_before else []
    rays = shots(known, RAY_REACH) if kind in RAYS else []
    return [shot for shot in rays if shot.to_wall >= TO_BOUNCE]


def _sleep_rays(known: Knowledge) -> list[Shot]:
    """Return the rays that come back to nobody whom sleep would harm: elves resist it, and others
    sleep for 25 turns on average, but monsters for 78 (zap.c, zhitu and zhitm), so that a hero may
    if all that threaten do.
    """
    return [
        shot
        for shot in shots(known, RAY_REACH)
        if not SLEEPLESS[shot.target.species]
        and (shot.to_wall >= TO_BOUNCE or known.race == "elf" or _all_asleep(known, shot))
    ]


def _all_asleep(known: Knowledge, shot: Shot) -> bool:
    """Whether all that threaten stand where the ray flies, before the wall, and none resists it."""
    y, x = known.hero
    dy, dx = heading(known.hero, shot.target.square)
    squares = {(y + dy * steps, x + dx * steps) for steps in range(1, shot.to_wall)}
    return all(m.square in squares and not SLEEPLESS[m.species] for m in threats(known))


def note_sleep(known: Knowledge, name: str) -> None:
    """Note that a spell or a wand of this name may have put foes to sleep."""
    if name == "sleep" or "wand of sleep" in name:
        known.no_sleep_before = known.stats.turn + SLEEP_LASTS
        if known.heard("sleep ray hits"):
            known.asleep_before = known.stats.turn + SLEEP_LASTS
