"""Dig: down through the floor, the fastest way to the next level, behind Elbereth."""

from __future__ import annotations

from nle import nethack as nh

from envs import gear
from envs.game import Game
from envs.glyphs import Terrain
from envs.inventory import Item
from envs.level import Level, Square
from envs.macros.base import Keys, command, walk
from envs.macros.dig_spot import spot_to_dig
from envs.macros.engrave import can_write, on_elbereth, read_dust, respects, write_elbereth
from envs.macros.threats import threats
from envs.macros.tools import can_dig, digger
from envs.objects import SHIELD, WEAPONS
from envs.progression import MINES, SOKOBAN

MAX_IDLE = 3  # commands in a row that took no time: the floor can't be dug
UNDIGGABLE = (
    "floor here is too hard", "surface here is too hard", "cannot reach the floor",
    "can't reach the floor", "no room to dig", "isn't enough room",
)  # fmt: skip
_UNUSABLE = ("cannot swing", "welded")  # because of a shield or a cursed weapon (apply.c)
_A_PIT = ("dig a pit", "there is a pit", "There is a pit")
TAKE_OFF = ord("T")
NEAR = 4  # squares to a foe that fears Elbereth from which on it is written first
CLOSE = 2  # squares to one that may have scuffed the word, so that it is read again
MAX_WRITINGS = 4  # in one go
STRANDED = 1_000  # turns on a level of the Mines after which down is better than nothing
SHALLOW, RESTED = 5, 0.8  # depth down to which a dive waits for this share of the hit points


class Dig:
    """Dig a hole through the floor, behind Elbereth if need be; in the Mines only at a loss."""

    name = "dig"
    budget = 200

    def available(self, game: Game) -> bool:
        if digger(game) is None or not _may_dig_here(game) or spot_to_dig(game) is None:
            return False
        if not _fit(game):
            return False
        beside = threats(game, 1)
        defended = on_elbereth(game) or can_write(game)
        return all(respects(monster) for monster in beside) and (defended or not beside)

    def play(self, game: Game) -> Keys:
        spot, level = spot_to_dig(game), game.level
        if spot is None:
            return
        yield from _free_the_hands(game)
        yield from walk(game, spot, until=lambda: bool(threats(game, 1)))
        idle = writings = 0
        while game.level is level and game.hero == spot and idle < MAX_IDLE:
            if writings < MAX_WRITINGS and _wants_elbereth(game):
                written = yield from _stand_on_elbereth(game)
                writings += written
            tool = digger(game)
            if tool is None or game.level is not level or not self.available(game):
                return
            turn = game.stats.turn
            yield from command(game, _use(tool), _answers(tool))
            idle = idle + 1 if game.stats.turn == turn else 0
            _learn(game, level, spot, tool, idle)


def _may_dig_here(game: Game) -> bool:
    """Whether this floor can be dug, and leads to where the hero wants to be.

    The Mines end at depth 10 to 13: with a tool, the way is back up to the main dungeon.
    """
    stats = game.stats
    if game.level.undiggable or stats.dungeon == SOKOBAN:
        return False
    return stats.dungeon != MINES or stats.turn - game.arrived > STRANDED


def _fit(game: Game) -> bool:
    """Whether a dive may begin: near the surface the hero rests first, if nobody disturbs it."""
    stats = game.stats
    if stats.depth > SHALLOW or stats.health >= RESTED or threats(game):
        return True
    return stats.turn < game.no_rest_before or stats.hunger >= 3


def _free_the_hands(game: Game) -> Keys:
    """Takes the shield off for a mattock, which needs both hands (apply.c, use_pick_axe)."""
    tool, shield = digger(game), gear.worn(gear.gear_of(game), SHIELD)
    if tool is None or shield is None or shield.buc == "cursed" or threats(game, 1):
        return
    if tool.kind in WEAPONS and WEAPONS[tool.kind].two_handed:
        yield from command(game, (TAKE_OFF,), [("What do you want to", ord(shield.letter))])


def _wants_elbereth(game: Game) -> bool:
    """Whether the word is worth its turn: in a pit, where the hero stays long, and with foes near.

    A pit wipes out what was written before (dig.c, digactualhole). Who is attacked digs in vain.
    """
    tool = digger(game)
    if tool is None or tool.oclass == nh.WAND_CLASS or not can_write(game):
        return False
    foes = [monster for monster in threats(game, NEAR) if respects(monster)]
    return bool(foes) or game.level.terrain[game.hero] == Terrain.TRAP


def _stand_on_elbereth(game: Game):
    """Sees to it that the word is underfoot; returns how often it was written."""
    close = any(respects(monster) for monster in threats(game, CLOSE))
    blind = game.stats.condition & nh.BL_MASK_BLIND
    if not blind and (close or not on_elbereth(game)):
        yield from read_dust(game)
    if on_elbereth(game):
        return 0
    yield from write_elbereth(game)
    if not blind:
        yield from read_dust(game)
    else:
        game.level.elbereth[game.hero] = game.stats.turn
    return 1


def _learn(game: Game, level: Level, spot: Square, tool: Item, idle: int) -> None:
    """Takes in what the game said to an attempt to dig."""
    if game.level is not level:
        return
    if game.heard(*_A_PIT) and level.terrain[spot] != Terrain.TRAP:
        level.set_terrain(spot, Terrain.TRAP)
        level.elbereth.pop(spot, None)
    if game.heard("stairs are too hard"):  # the hero covers them
        level.set_terrain(spot, Terrain.STAIRS_UP)
    elif game.heard(*_UNUSABLE):
        game.given_up.add(tool.text)
    elif game.heard(*UNDIGGABLE) or idle == MAX_IDLE:
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
