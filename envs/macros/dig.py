"""Dig: down through the floor, the fastest way to the next level."""

from __future__ import annotations

from functools import lru_cache

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.monsters import KEEPERS
from envs.data.objects import DIGGERS
from envs.knowledge.equipment import Equipment, equipment_of
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.level import Square
from envs.macros.base import Keys, command, walk
from envs.nethack.progression import SOKOBAN

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

    def available(self, known: Knowledge) -> bool:
        level = known.level
        return (
            not level.undiggable
            and known.stats.dungeon != SOKOBAN
            and _digger(known) is not None
            and not any(monster.species in KEEPERS for monster in level.monsters)
            and _spot(known) is not None
        )

    def play(self, known: Knowledge) -> Keys:
        spot, digger, level = _spot(known), _digger(known), known.level
        if spot is None or digger is None:
            return
        yield from walk(known, spot)
        if known.hero != spot or known.level is not level:
            return
        idle = 0
        while known.level is level and idle < MAX_IDLE:
            turn = known.stats.turn
            yield from command(known, _use(digger), _answers(digger))
            if known.heard("stairs are too hard"):  # the hero covers them
                level.set_terrain(spot, Terrain.STAIRS_UP)
                return
            if known.heard(*_UNUSABLE):
                known.given_up.add(digger.text)
                return
            idle = idle + 1 if known.stats.turn == turn else 0
            if known.heard(*UNDIGGABLE) or idle == MAX_IDLE:
                level.undiggable = True


def can_dig(known: Knowledge) -> bool:
    """Whether the hero carries something that digs through the floor."""
    return _digger(known) is not None


def _digger(known: Knowledge) -> Item | None:
    return _quickest(equipment_of(known))


@lru_cache(maxsize=64)
def _quickest(hero: Equipment) -> Item | None:
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


def _spot(known: Knowledge) -> Square | None:
    """Where to dig: here, or the nearest square where the floor is plain."""
    level = known.level
    if level.terrain[known.hero] in _DIGGABLE or level.terrain[known.hero] == Terrain.UNKNOWN:
        return known.hero
    return level.nearest(
        (level.terrain == int(Terrain.FLOOR)) | (level.terrain == int(Terrain.CORRIDOR))
    )
