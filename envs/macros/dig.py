"""Dig: down through the floor, the fastest way to the next level."""

from __future__ import annotations

from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.data.monsters import KEEPERS
from envs.knowledge.digging import digger, digging_spot
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Knowledge
from envs.macros.base import Keys, command, walk
from envs.nethack.dungeons import SOKOBAN

MAX_IDLE = 3  # commands in a row that took no time: the floor can't be dug
UNDIGGABLE = (
    "floor here is too hard", "surface here is too hard", "cannot reach the floor",
    "can't reach the floor", "no room to dig", "isn't enough room",
)  # fmt: skip
_UNUSABLE = ("cannot swing", "welded")  # because of a shield or a cursed weapon (apply.c)


class Dig:
    """Dig a hole through the floor with a pick-axe, a mattock or a wand of digging."""

    name = "dig"
    budget = 90

    def available(self, known: Knowledge) -> bool:
        level = known.level
        return (
            not level.undiggable
            and known.stats.dungeon != SOKOBAN
            and digger(known) is not None
            and not any(monster.species in KEEPERS for monster in level.monsters)
            and digging_spot(known) is not None
        )

    def play(self, known: Knowledge) -> Keys:
        spot, tool, level = digging_spot(known), digger(known), known.level
        if spot is None or tool is None:
            return
        yield from walk(known, spot)
        if known.hero != spot or known.level is not level:
            return
        idle = 0
        while known.level is level and idle < MAX_IDLE:
            turn = known.stats.turn
            yield from command(known, _use(tool), _answers(tool))
            if known.heard("stairs are too hard"):  # the hero covers them
                level.set_terrain(spot, Terrain.STAIRS_UP)
                return
            if known.heard(*_UNUSABLE):
                known.given_up.add(tool.text)
                return
            idle = idle + 1 if known.stats.turn == turn else 0
            if known.heard(*UNDIGGABLE) or idle == MAX_IDLE:
                level.undiggable = True


def _use(tool: Item) -> bytes:
    return b"z" if tool.oclass == nh.WAND_CLASS else b"a"


def _answers(tool: Item) -> list[tuple[str, int]]:
    letter = ord(tool.letter)
    return [
        ("What do you want to zap", letter),
        ("What do you want to use or apply", letter),
        ("In what direction", ord(">")),
    ]
