"""Bolts and rays, of spells and wands: whom they hit, and when they do not come back (zap.c)."""

from __future__ import annotations

from envs.data.monsters import SLEEPLESS
from envs.knowledge.knowledge import Knowledge
from envs.macros.aim import Shot, heading, shots

BOLTS = ("force bolt", "striking", "slow monster", "teleportation")  # they hit and stop
RAYS = ("magic missile", "sleep", "cone of cold", "cold", "fire", "lightning", "fireball", "death")
BOLT_REACH, RAY_REACH = 6, 7  # a bolt flies 6 to 13 squares, a ray 7 to 13 (zap.c)
FLIGHT, BOUNCE, HIT = 13, 1, 2  # of a ray, at most; what of it each takes (zap.c, dobuzz, bhit)
AWAKE_FROM = 4  # experience level from which elves resist sleep (attrib.c, elf_abil)
SLOW_LASTS = 20  # turns for which no further bolt is worth it: who is slow gets no slower
SLEEP_LASTS = 10  # turns for which foes surely sleep, or nearly so, and no further ray is worth it


def lines_of_fire(known: Knowledge, kind: str) -> list[Shot]:
    """Return the shots in which a spell or a wand of this name hits the monster and not the
    hero.
    """
    if kind == "slow monster" and known.stats.turn < known.no_slowing_before:
        return []
    if kind in BOLTS:
        return [shot for shot in shots(known, BOLT_REACH) if not _over_goods(known, shot)]
    if kind == "sleep":
        return _sleep_rays(known) if known.stats.turn >= known.no_sleep_before else []
    return _safe_rays(known, hits=1) if kind in RAYS else []


def _over_goods(known: Knowledge, shot: Shot) -> bool:
    """Whether a bolt may fly on into a shop, and break there what the hero then has to pay."""
    (y, x), (dy, dx) = known.hero, heading(known.hero, shot.target.square)
    flight = range(1, min(FLIGHT, shot.to_wall))
    return any((y + dy * steps, x + dx * steps) in known.level.shop for steps in flight)


def _safe_rays(known: Knowledge, hits: int) -> list[Shot]:
    """Return the shots in which a ray that hits so often does not come back from the wall."""
    lost = BOUNCE + HIT * hits
    return [shot for shot in shots(known, RAY_REACH) if 2 * shot.to_wall + lost > FLIGHT]


def _sleep_rays(known: Knowledge) -> list[Shot]:
    """Return the rays that come back to nobody whom sleep would harm: a hero sleeps as long as his
    foes, 78 turns on average (zap.c, zhitu and zhitm: 6d25), and whoever else comes finds him so.
    """
    awake = known.race == "elf" and known.stats.experience_level >= AWAKE_FROM
    rays = shots(known, RAY_REACH) if awake else _safe_rays(known, hits=2)
    return [shot for shot in rays if not SLEEPLESS[shot.target.species]]


def note_effect(known: Knowledge, name: str) -> None:
    """Note that a spell of this name, or a wand of it, may have put foes to sleep, or slowed them
    down.
    """
    if name == "slow monster":
        known.no_slowing_before = known.stats.turn + SLOW_LASTS
    if name == "sleep":
        known.no_sleep_before = known.stats.turn + SLEEP_LASTS
        if known.heard("sleep ray hits"):
            known.asleep_before = known.stats.turn + SLEEP_LASTS
