"""Eating in the stub, turn by turn."""

from __future__ import annotations

from envs.stub.things import Item
from envs.stub.world import World


def eat_piece(world: World, item: Item) -> None:
    """Eats one piece turn by turn; what is left when interrupted stays, partly eaten."""
    item = world.split(item)
    left = item.nutrition if item.left is None else item.left
    bite = max(1, item.nutrition // item.turns)
    if item.turns == 1:
        world.say(f"This {item.name} is delicious!")
    elif world.nutrition <= 200:
        world.say("This food really hits the spot!")
    was_satiated = world.hunger == 0
    world.interrupted = False
    while left > 0 and not world.cause:
        if was_satiated and world.nutrition + bite >= 2000:
            world.say("You choke over your food.")
            world.hp = 0
            world.die(f"choked on {item.text(1)}")
            break
        world.eat(min(bite, left))
        left -= bite
        world.pass_turn()
        if left > 0 and not world.cause and (world.interrupted or world.beset()):
            item.left = left
            world.say("You stop eating.")
            break
    else:
        world.consume(item)
        if item.turns > 1 and not world.cause:
            world.say(f"You finish eating the {item.name}.")
    world.note_inventory()
