"""What the stub's monsters do in their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.stub.dungeon import NEIGHBOURS, SIDES, WIDTH
from envs.stub.things import ARMOUR_CLASS, SPEED, Monster

if TYPE_CHECKING:
    from envs.stub.world import World


def move_monsters(world: World) -> None:
    for square, monster in list(world.level.monsters.items()):
        monster.movement += monster.species.speed
        while monster.movement >= SPEED and not world.cause:
            monster.movement -= SPEED
            if world.level.monsters.get(square) is not monster:
                break  # the pet killed it
            square = _act(world, monster, square)


def _act(world: World, monster: Monster, square: int) -> int:
    """One action of a monster; returns where it then stands."""
    orthogonal_only = monster.species.name == "grid bug"
    away = world.hero - square
    beside = away in NEIGHBOURS  # doorways stop diagonal steps, not blows (mon.c, monnear)
    if monster.hostile and beside and not (orthogonal_only and abs(away) in (78, 80)):
        _attack_hero(world, monster)
        return square
    if monster.pet and (prey := _prey(world, square)) is not None:
        _pet_attacks(world, monster, prey)
        return square
    follows = (monster.hostile and square in world.view) or monster.pet
    steps = world.free_steps(square)
    if orthogonal_only:
        steps = [d for d in steps if d in SIDES]
    if not steps or not (follows or world.rng.random() < 0.3):
        return square
    if follows and not (monster.pet and _distance(world, square) <= 2):
        distances = [_distance(world, square + d) for d in steps]
        step = steps[distances.index(min(distances))]
    else:
        step = steps[world.rng.integers(len(steps))]
    world.level.monsters[square + step] = world.level.monsters.pop(square)
    world.touch(square, square + step)
    return square + step


def _distance(world: World, square: int) -> int:
    (y, x), (v, u) = divmod(square, WIDTH), divmod(world.hero, WIDTH)
    dy, dx = y - v, x - u
    return dy * dy + dx * dx


def _prey(world: World, square: int) -> int | None:
    monsters = world.level.monsters
    near = [square + d for d in world.level.steps(square)]
    return next((s for s in near if s in monsters and monsters[s].hostile), None)


def _pet_attacks(world: World, pet: Monster, square: int) -> None:
    victim = world.level.monsters[square]
    hits = 10 + victim.species.armour_class > world.rng.integers(1, 21)
    victim.hp -= int(world.rng.integers(1, 7)) if hits else 0
    if victim.hp <= 0:
        del world.level.monsters[square]
        world.touch(square)
    if square in world.view:
        world.say(f"The {pet.species.name} {'bites' if hits else 'misses'} {victim.name}.")
        if victim.hp <= 0:
            world.say(f"{victim.name.capitalize()} is killed!")


def _attack_hero(world: World, monster: Monster) -> None:
    """mhitu.c, mattacku: armour class 6, and 10 plus its level against a d20."""
    kind = monster.species
    if world.praying or not kind.damage:
        return
    world.interrupted = True
    if ARMOUR_CLASS + 10 + kind.level > world.rng.integers(1, 21):
        world.say(f"The {kind.name} {kind.verb}!")
        world.hurt(int(world.rng.integers(1, kind.damage + 1)), f"killed by a {kind.name}")
    else:
        world.say(f"The {kind.name} misses!")
