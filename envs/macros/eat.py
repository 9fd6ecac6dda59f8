"""Eat: something safe, when hungry."""

from __future__ import annotations

from envs.game import Game, Hunger
from envs.glyphs import SPECIES, SPECIES_NAMES
from envs.inventory import Item, is_food
from envs.level import Square
from envs.macros.base import Keys, command, walk
from envs.monsters import safe_to_eat

FRESH = 30  # turns; corpses turn dangerous from an age of 50 (wiki: "Corpse", eat.c)
OVERLOADED = 5  # burden at which nothing can be eaten (hack.c, near_capacity; eat.c, doeat)
NOT_RATIONS = ("corpse", "tin", "egg", "glob", "tripe ration")


class Eat:
    """When hungry, eat a fresh corpse close by, or food from the pack."""

    name = "eat"
    budget = 60

    def available(self, game: Game) -> bool:
        able = game.stats.hunger >= Hunger.HUNGRY and game.stats.burden < OVERLOADED
        return able and (_fresh_corpse(game) is not None or _ration(game) is not None)

    def play(self, game: Game) -> Keys:
        corpse, level = _fresh_corpse(game), game.level
        if corpse is not None:
            name = SPECIES_NAMES[SPECIES[level.objects[corpse]]]
            yield from walk(game, corpse)
            if game.hero == corpse and game.level is level:
                yield from command(game, b"e", [(f"{name} corpse here; eat", ord("y"))])
                level.fresh_corpses.pop(corpse, None)
                return
        ration = _ration(game)
        if ration is not None:
            yield from command(game, b"e", _eat_answers(ration))


def _eat_answers(ration: Item) -> list[tuple[str, int]]:
    return [
        ("here; eat", ord("n")),
        ("What do you want to eat", ord(ration.letter)),
    ]


def _ration(game: Game) -> Item | None:
    """Prepared food from the pack; the kind that there is least of goes first."""
    food = [item for item in game.inventory if is_food(item) and _prepared(item)]
    return min(food, key=lambda item: item.quantity, default=None)


def _prepared(item: Item) -> bool:
    return not any(word in item.name for word in NOT_RATIONS)


def _fresh_corpse(game: Game) -> Square | None:
    level, turn = game.level, game.stats.turn
    for square, died in list(level.fresh_corpses.items()):
        species = int(SPECIES[level.objects[square]])
        if turn - died > FRESH or species < 0 or not safe_to_eat(species):
            del level.fresh_corpses[square]
    fresh = [
        (int(level.dist[square]), square)
        for square, died in level.fresh_corpses.items()
        if level.reachable(square) and turn + level.dist[square] - died <= FRESH
    ]
    return min(fresh)[1] if fresh else None
