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
# Turns for which no further one is worth it: foes sleep, or nearly surely; the slow get no slower.
LASTS = {"sleep": 10, "slow monster": 20}


def lines_of_fire(known: Knowledge, kind: str) -> list[Shot]:
    """Return the shots in which a spell or a wand of this name hits the monster and not the
    hero.
    """
    if known.stats.turn < known.effect_lasts.get(kind, 0):
        return []
    if kind in BOLTS:
        return [shot for shot in shots(known, BOLT_REACH) if not _over_goods(known, shot)]
    if kind == "sleep":
        return _sleep_rays(known)
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
    if name in LASTS:
        known.effect_lasts[name] = known.stats.turn + LASTS[name]
    if name == "sleep" and known.heard("sleep ray hits"):
        known.asleep_before = known.effect_lasts[name]
