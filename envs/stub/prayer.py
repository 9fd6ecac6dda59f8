"""Prayer in the stub: what the god grants, and what too much asking brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.stub.things import HUNGRY, STARTING_NUTRITION, WEAK

if TYPE_CHECKING:
    from envs.stub.world import World


def pray(world: World) -> None:
    """Three turns in which nothing hurts, then the god's answer (pray.c, dopray)."""
    low = world.hp <= 5 or world.hp * 7 <= world.max_hp
    major, minor = low or world.nutrition < WEAK, world.nutrition < HUNGRY
    allowed = 200 if major else 100 if minor else 0
    heard = world.prayer_timeout <= allowed and not world.anger
    world.say("You begin praying to Tyr.")
    if heard:
        world.say("You are surrounded by a shimmering light.")
    world.praying = True
    for _ in range(3):
        world.pass_turn()
    world.praying = False
    world.say("You finish your prayer.")
    if heard:
        _bless(world, low)
    else:
        _anger_god(world)


def _bless(world: World, low: bool) -> None:
    world.prayer_timeout = int(world.rng.integers(50, 1000))
    if low:
        world.max_hp = max(world.max_hp, world.experience_level * 5 + 11)
        world.hp = world.max_hp
        world.say("You feel much better.")
    elif world.nutrition < HUNGRY:
        world.eat(STARTING_NUTRITION - world.nutrition)
        world.say("Your stomach feels content.")
    else:
        world.say("You feel that Tyr is well-pleased.")


def _anger_god(world: World) -> None:
    """Each prayer too soon angers more: a warning, a lost level, a bolt of lightning."""
    world.anger += 1
    world.prayer_timeout += 250
    if world.anger == 1:
        world.say("You feel that Tyr is displeased.")
    elif world.anger == 2:
        world.say('"Thou must relearn thy lessons!"')
        world.experience_level = max(1, world.experience_level - 1)
        world.experience = min(world.experience, 10 * 2**world.experience_level - 1)
    else:
        world.say("Suddenly, a bolt of lightning strikes you!")
        world.hp = 0
        world.die("killed by the wrath of Tyr")
