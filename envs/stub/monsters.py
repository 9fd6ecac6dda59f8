"""What the stub's monsters do in their turn."""

from __future__ import annotations

from envs.stub.dungeon import NEIGHBOURS, SIDES, WIDTH
from envs.stub.scene import Scene
from envs.stub.things import ARMOUR_CLASS, SPEED, Monster


def move_monsters(scene: Scene) -> None:
    """Let every monster, pets included, act as often as its speed allows in a turn."""
    for square, monster in list(scene.level.monsters.items()):
        monster.movement += monster.species.speed
        while monster.movement >= SPEED and not scene.cause:
            monster.movement -= SPEED
            if scene.level.monsters.get(square) is not monster:
                break  # the pet killed it
            square = _act(scene, monster, square)


def _act(scene: Scene, monster: Monster, square: int) -> int:
    """One action of a monster; returns where it then stands."""
    orthogonal_only = monster.species.name == "grid bug"
    away = scene.hero - square
    beside = away in NEIGHBOURS  # doorways stop diagonal steps, not blows (mon.c, monnear)
    if monster.hostile and beside and not (orthogonal_only and abs(away) in (78, 80)):
        _attack_hero(scene, monster)
        return square
    if monster.pet and (prey := _prey(scene, square)) is not None:
        _pet_attacks(scene, monster, prey)
        return square
    follows = (monster.hostile and square in scene.view) or monster.pet
    steps = scene.free_steps(square)
    if orthogonal_only:
        steps = [d for d in steps if d in SIDES]
    if not steps or not (follows or scene.rng.random() < 0.3):
        return square
    if follows and not (monster.pet and _distance(scene, square) <= 2):
        distances = [_distance(scene, square + d) for d in steps]
        step = steps[distances.index(min(distances))]
    else:
        step = steps[scene.rng.integers(len(steps))]
    scene.level.monsters[square + step] = scene.level.monsters.pop(square)
    scene.touch(square, square + step)
    return square + step


def _distance(scene: Scene, square: int) -> int:
    (y, x), (v, u) = divmod(square, WIDTH), divmod(scene.hero, WIDTH)
    dy, dx = y - v, x - u
    return dy * dy + dx * dx


def _prey(scene: Scene, square: int) -> int | None:
    monsters = scene.level.monsters
    near = [square + d for d in scene.level.steps(square)]
    return next((s for s in near if s in monsters and monsters[s].hostile), None)


def _pet_attacks(scene: Scene, pet: Monster, square: int) -> None:
    victim = scene.level.monsters[square]
    hits = 10 + victim.species.armour_class > scene.rng.integers(1, 21)
    victim.hp -= int(scene.rng.integers(1, 7)) if hits else 0
    if victim.hp <= 0:
        del scene.level.monsters[square]
        scene.touch(square)
    if square in scene.view:
        scene.say(f"The {pet.species.name} {'bites' if hits else 'misses'} {victim.name}.")
        if victim.hp <= 0:
            scene.say(f"{victim.name.capitalize()} is killed!")


def _attack_hero(scene: Scene, monster: Monster) -> None:
    """mhitu.c, mattacku: armour class 6, and 10 plus its level against a d20."""
    kind = monster.species
    if scene.praying or not kind.damage:
        return
    scene.interrupted = True
    if ARMOUR_CLASS + 10 + kind.level > scene.rng.integers(1, 21):
        scene.say(f"The {kind.name} {kind.verb}!")
        scene.hurt(int(scene.rng.integers(1, kind.damage + 1)), f"killed by a {kind.name}")
    else:
        scene.say(f"The {kind.name} misses!")
