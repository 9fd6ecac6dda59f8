"""Zap: wands, at monsters in line."""

from __future__ import annotations

from nle import nethack as nh

from envs.data.monsters import threat
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.outlook import winning
from envs.knowledge.threats import distance
from envs.macros.aim import Shot, look, may_be_peaceful
from envs.macros.base import Keys, command
from envs.macros.rays import lines_of_fire, note_sleep

ANY_RAY = "fire"  # stands for all that may come back
CLOSE = 3  # squares to what an unknown wand is tried on
NEAR = 6  # squares to those who may soon strike
HURT_SHARE = 1 / 2  # of the maximum hit points
HARM = 1.0  # hit points a turn that foes must cost the hurt to be a danger
HORIZON = 4.0  # turns that the hero should live: if fewer, a wand's charge is well spent


class Zap:
    """Zap an attack wand, or once an unknown one, at a monster that may kill the hero."""

    name = "zap"
    budget = 20

    def available(self, known: Knowledge) -> bool:
        """Whether a wand not known to be empty has a target in line, and the hero is in danger;
        sleep is also for a fight that is not as good as won.
        """
        return bool(known.hostiles) and _zap_choice(known) is not None

    def play(self, known: Knowledge) -> Keys:
        """Zap once, but first look at who may be peaceful; a wand empty or unknown is given up."""
        choice = _zap_choice(known)
        if choice is None:
            return
        shot, wand = choice
        if may_be_peaceful(shot.target):
            yield from look(known, shot.target)
            if _zap_choice(known) != choice:
                return
        answers = [("want to zap", ord(wand.letter)), ("In what direction", shot.key)]
        yield from command(known, b"z", answers)
        note_sleep(known, wand.name)
        if "wand of" not in wand.name or known.heard("Nothing happens", "You wrest"):
            known.given_up.add(wand.text)


def _zap_choice(known: Knowledge) -> tuple[Shot, Item] | None:
    """Known wands first; unknown ones are tried on what is near, and only where they would not come
    back if they were rays, which kill who has few hit points.

    Sleep decides a fight, and so it is for any that is not as good as won; the others are for
    danger.
    """
    wands = [i for i in known.inventory if i.oclass == nh.WAND_CLASS]
    wands = [i for i in wands if i.text not in known.given_up and "(0:0)" not in i.text]
    if not wands:
        return None
    in_danger, open_fight = _in_danger(known), not winning(known)
    for wand in sorted(wands, key=lambda wand: "wand of" not in wand.name):
        kind = wand.name.partition("wand of ")[2].partition(" (")[0]
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
