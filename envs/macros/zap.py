"""Zap: wands, at monsters in line; and in peace find out what they are."""

from __future__ import annotations

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.monsters import threat
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.outlook import winning
from envs.knowledge.threats import distance
from envs.knowledge.wands import effect_of, untested, wands
from envs.macros.aim import Shot, look, may_be_peaceful
from envs.macros.base import Keys, command
from envs.macros.engrave import can_write, engrave_with
from envs.macros.rays import lines_of_fire, note_effect

SPEED, AT_ONESELF = "speed monster", ord(".")
ANY_RAY = "fire"  # stands for all that may come back
CLOSE = 3  # squares to what an unknown wand is tried on
NEAR = 6  # squares to those who may soon strike
HURT_SHARE = 1 / 2  # of the maximum hit points
HARM = 1.0  # hit points a turn that foes must cost the hurt to be a danger
HORIZON = 4.0  # turns that the hero should live: if fewer, a wand's charge is well spent


class Zap:
    """Zap an attack wand, or once an unknown one, at a monster that may kill the hero; in peace
    learn what an unknown one is by engraving with it, and become fast by speed monster.
    """

    name = "zap"
    budget = 30

    def available(self, known: Knowledge) -> bool:
        """Whether a wand not known to be empty has a target in line, and the hero is in danger;
        sleep is also for a fight that is not as good as won. Or whether, in peace, one is to be
        tried on the floor or the hero.
        """
        if known.stats.hands_full:
            return False
        return (_zap_choice(known) if known.hostiles else _to_try(known)) is not None

    def play(self, known: Knowledge) -> Keys:
        """Zap once, but first look at who may be peaceful; a wand empty or unknown is given up."""
        if not known.hostiles:
            yield from _try(known)
            return
        choice = _zap_choice(known)
        if choice is None:
            return
        shot, wand = choice
        if may_be_peaceful(shot.target):
            yield from look(known, shot.target)
            if _zap_choice(known) != choice:
                return
        yield from zap_at(known, wand, shot.key)
        note_effect(known, effect_of(known, wand))
        if not effect_of(known, wand) or known.heard("Nothing happens", "You wrest"):
            known.given_up.add(wand.text)


def zap_at(known: Knowledge, wand: Item, key: int) -> Keys:
    """Zap a wand in a direction."""
    yield from command(known, b"z", [("want to zap", ord(wand.letter)), ("In what direction", key)])


def _to_try(known: Knowledge) -> Item | None:
    """Return a wand that makes the hero fast, or may be anything and can be written with here."""
    if known.engulfed or known.transformed:
        return None
    for wand in wands(known):
        if effect_of(known, wand) == SPEED or (untested(known, wand) and _may_engrave(known)):
            return wand
    return None


def _may_engrave(known: Knowledge) -> bool:
    """Whether the floor can be written on, and the hero sees what becomes of it."""
    level, hero = known.level, known.hero
    dazed = known.stats.condition & (nh.BL_MASK_BLIND | nh.BL_MASK_HALLU)
    plain = level.terrain[hero] in (Terrain.FLOOR, Terrain.CORRIDOR)
    fresh = known.engraved_at != (known.level_key, hero)
    return bool(plain) and fresh and not dazed and hero not in level.shop and can_write(known)


def _try(known: Knowledge) -> Keys:
    wand = _to_try(known)
    if wand is None:
        return
    if effect_of(known, wand) == SPEED:
        yield from zap_at(known, wand, AT_ONESELF)
        known.given_up |= {item.text for item in known.inventory if item.letter == wand.letter}
    else:
        yield from engrave_with(known, wand)


def _zap_choice(known: Knowledge) -> tuple[Shot, Item] | None:
    """Known wands first; unknown ones are tried on what is near, and only where they would not come
    back if they were rays, which kill who has few hit points.

    Sleep decides a fight, and so it is for any that is not as good as won; the others are for
    danger.
    """
    carried = wands(known)
    if not carried:
        return None
    in_danger, open_fight = _in_danger(known), not winning(known)
    for wand in sorted(carried, key=lambda wand: not effect_of(known, wand)):
        kind = effect_of(known, wand)
        if not (in_danger or (kind == "sleep" and open_fight)):
            continue
        lines = lines_of_fire(known, kind) if kind else _close(known)
        if lines:
            return lines[0], wand
    return None


def _close(known: Knowledge) -> list[Shot]:
    """Return the shots for a wand that may be anything."""
    return [shot for shot in lines_of_fire(known, ANY_RAY) if shot.distance <= CLOSE]


def _in_danger(known: Knowledge) -> bool:
    """Whether the hostile monsters nearby may kill the hero within some turns."""
    near = (m for m in known.hostiles if distance(m.square, known.hero) <= NEAR)
    harm = sum(threat(monster.species, known.stats.armor_class) for monster in near)
    hurt = known.stats.health < HURT_SHARE and harm >= HARM
    return hurt or harm * HORIZON >= known.stats.hit_points
