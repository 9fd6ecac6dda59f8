"""Dig: down through the floor, the fastest way to the next level."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs.game import Game
from envs.gear import Gear, gear_of
from envs.glyphs import Terrain
from envs.inventory import Item
from envs.level import Square
from envs.macros.base import Keys, command, walk
from envs.monsters import KEEPERS
from envs.objects import DIGGERS
from envs.progression import SOKOBAN

MAX_IDLE = 3  # commands in a row that took no time: the floor can't be dug
UNDIGGABLE = (
    "floor here is too hard", "surface here is too hard", "cannot reach the floor",
    "can't reach the floor", "no room to dig", "isn't enough room",
)  # fmt: skip
_UNUSABLE = ("cannot swing", "welded")  # because of a shield or a cursed weapon (apply.c)
_DIGGABLE = (Terrain.FLOOR, Terrain.CORRIDOR, Terrain.DOORWAY, Terrain.TRAP)


class Dig:
    """Dig a hole through the floor with a pick-axe, a mattock or a wand of digging."""

    name = "dig"
    budget = 90

    def available(self, game: Game) -> bool:
        level = game.level
        return (
            not level.undiggable
            and game.stats.dungeon != SOKOBAN
            and _digger(game) is not None
            and not any(monster.species in KEEPERS for monster in level.monsters)
            and _spot(game) is not None
        )

    def play(self, game: Game) -> Keys:
        spot, digger, level = _spot(game), _digger(game), game.level
        if spot is None or digger is None:
            return
        yield from walk(game, spot)
        if game.hero != spot or game.level is not level:
            return
        idle = 0
        while game.level is level and idle < MAX_IDLE:
            turn = game.stats.turn
            yield from command(game, _use(digger), _answers(digger))
            if game.heard("stairs are too hard"):  # the hero covers them
                level.set_terrain(spot, Terrain.STAIRS_UP)
                return
            if game.heard(*_UNUSABLE):
                game.given_up.add(digger.text)
                return
            idle = idle + 1 if game.stats.turn == turn else 0
            if game.heard(*UNDIGGABLE) or idle == MAX_IDLE:
                level.undiggable = True


def can_dig(game: Game) -> bool:
    """Whether the hero carries something that digs through the floor."""
    return _digger(game) is not None


def _digger(game: Game) -> Item | None:
    return _quickest(gear_of(game))


@lru_cache(maxsize=64)
def _quickest(hero: Gear) -> Item | None:
    """What digs fastest: a wand goes through in a turn."""
    tools = [item for item in hero.items if _digs(item) and item.text not in hero.given_up]
    return min(tools, key=lambda item: item.oclass != nh.WAND_CLASS, default=None)


def _digs(item: Item) -> bool:
    if item.oclass == nh.WAND_CLASS:
        return "wand of digging" in item.name and "(0:0)" not in item.name
    return item.kind in DIGGERS


def _use(digger: Item) -> bytes:
    return b"z" if digger.oclass == nh.WAND_CLASS else b"a"


def _answers(digger: Item) -> list[tuple[str, int]]:
    letter = ord(digger.letter)
    return [
        ("What do you want to zap", letter),
        ("What do you want to use or apply", letter),
        ("In what direction", ord(">")),
    ]


def _spot(game: Game) -> Square | None:
    """Where to dig: here, or the nearest square where the floor is plain."""
    level = game.level
    if level.terrain[game.hero] in _DIGGABLE or level.terrain[game.hero] == Terrain.UNKNOWN:
        return game.hero
    return level.nearest(
        (level.terrain == int(Terrain.FLOOR)) | (level.terrain == int(Terrain.CORRIDOR))
    )
