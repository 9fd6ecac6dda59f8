"""Dig: down through the floor, the fastest way to the next level, behind Elbereth."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import Terrain, species_named
from envs.data.object_kinds import by_glyph
from envs.data.objects import SHIELD, WEAPONS
from envs.knowledge import equipment
from envs.knowledge.digging import digger, digging_spot
from envs.knowledge.elbereth import on_elbereth, respects
from envs.knowledge.inventory import Item
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.level import Level
from envs.knowledge.paths import Square
from envs.knowledge.threats import threats
from envs.macros.base import Keys, command, walk
from envs.macros.engrave import can_write, read_dust, write_elbereth
from envs.macros.pick_up import able, take
from envs.nethack.dungeons import MINES, SOKOBAN

MAX_IDLE = 3  # commands in a row that took no time: the floor can't be dug
UNDIGGABLE = (
    "floor here is too hard", "surface here is too hard", "cannot reach the floor",
    "can't reach the floor",
)  # fmt: skip
NO_ROOM = ("no room to dig", "isn't enough room")  # a boulder fills the square
# Because of a shield or a cursed weapon (apply.c), or an empty wand (zap.c).
_UNUSABLE = ("cannot swing", "welded", "Nothing happens")
_A_PIT = ("dig a pit", "there is a pit", "There is a pit")
TAKE_OFF = ord("T")
NEAR = 4  # squares to a foe that fears Elbereth from which on it is written first
CLOSE = 2  # squares to one that may have scuffed the word, so that it is read again
MAX_WRITINGS = 4  # in one go
STRANDED = 1_000  # turns on a level of the Mines after which down is better than nothing
A_FEW_STEPS = 2  # to gold that lies about
_GOLD = np.flatnonzero(by_glyph(lambda _, oclass: oclass == nh.COIN_CLASS))
_PLAIN = (int(Terrain.FLOOR), int(Terrain.CORRIDOR))
# Nobody walks away from them (monst.c, AD_STCK).
_STICKY = species_named("lichen", "violet fungus", "large mimic", "giant mimic")
IRON_BALL = 31  # hit points that one on a chain costs at most whoever falls (ball.c, ballfall)
SHALLOW, RESTED = 5, 0.8  # depth down to which a dive waits for this share of the hit points


class Dig:
    """Dig a hole through the floor, behind Elbereth if need be; in the Mines only at a loss."""

    name = "dig"
    budget = 200

    def available(self, known: Knowledge) -> bool:
        """Whether a tool is carried, the floor can be dug and leads on, the hero is fit for a dive
        and, with foes beside him, none holds him or attacks in spite of Elbereth, which is or can
        be written; a wand needs no Elbereth.
        """
        tool = digger(known)
        if tool is None or not _may_dig_here(known) or not _fit(known) or known.stats.hands_full:
            return False
        spot = digging_spot(known)
        if spot is None:
            return False
        beside = threats(known, 1)
        held = any(monster.species in _STICKY for monster in beside) and spot != known.hero
        if held or (beside and known.level.terrain[known.hero] == Terrain.HOLE):
            return False  # one of them holds the hero, who fell into it otherwise
        if tool.oclass == nh.WAND_CLASS and spot == known.hero:
            return True
        if any(not respects(monster) and known.attacks(monster) for monster in beside):
            return False  # who is asleep, or has not noticed the hero, is let lie
        return not beside or on_elbereth(known) or can_write(known)

    def play(self, known: Knowledge) -> Keys:
        """Dig at a fit spot, or where gold lies close by, behind Elbereth if foes are near, until
        through or no longer able.
        """
        level = known.level
        if known.arrived == known.stats.turn:
            yield from read_dust(known)  # which tells of goods and stairs underfoot, too
            yield from _take_gold(known, known.heard("gold piece"))
        spot = digging_spot(known)
        if spot is None:
            return
        yield from walk(known, spot, until=lambda: bool(threats(known, 1)))
        idle = writings = 0
        while known.level is level and known.hero == spot and idle < MAX_IDLE:
            if _wants_elbereth(known):
                written = yield from _stand_on_elbereth(known, MAX_WRITINGS - writings)
                writings += written
            tool = digger(known)
            if tool is None or known.level is not level or not self.available(known):
                return
            yield from free_the_hands(known, tool)
            turn, hit_points = known.stats.turn, known.stats.hit_points
            yield from command(known, _use(tool), _answers(tool))
            if _blind(known) and known.stats.hit_points < hit_points:
                level.elbereth.pop(spot, None)  # if it still were there, nobody would bite
            idle = idle + 1 if known.stats.turn == turn else 0
            _learn(known, level, spot, tool, idle)


def _take_gold(known: Knowledge, underfoot: bool) -> Keys:
    """Take the gold that lies underfoot or close by, in peace; the hole is dug where it lay. Below
    level 10 a heap is worth a hundred points and more (mkobj.c, mkgold).
    """
    level = known.level
    if threats(known) or known.hero in level.shop or not able(known):
        return
    gold = np.isin(level.objects, _GOLD) & np.isin(level.terrain, _PLAIN)
    nearest = level.nearest(gold & (level.dist <= A_FEW_STEPS))
    square = known.hero if underfoot else nearest
    if square is None or square in level.shop or digging_spot(known) != known.hero:
        return
    yield from walk(known, square, until=lambda: bool(threats(known)))
    if known.hero == square and known.level is level:
        yield from take(known)


def _may_dig_here(known: Knowledge) -> bool:
    """Whether this floor can be dug, and leads to where the hero wants to be.

    The Mines end at depth 10 to 13: with a tool, the way is back up to the main dungeon, unless it
    can't be found.
    """
    stats = known.stats
    if known.level.undiggable or stats.dungeon == SOKOBAN or known.engulfed:
        return False
    if stats.dungeon != MINES:
        return True
    ways_up = known.level.where(Terrain.STAIRS_UP)  # who stands in the way, moves
    return stats.turn - known.arrived > STRANDED and not any(map(known.level.open_to, ways_up))


def _fit(known: Knowledge) -> bool:
    """Whether a dive may begin: near the surface the hero rests first, if nobody disturbs it; and
    whom an iron ball would kill on the way down waits until it is prayed away.
    """
    stats = known.stats
    if known.chained and stats.hit_points <= IRON_BALL and not equipment.hard_hat(known.equipment):
        return False
    if stats.depth > SHALLOW or stats.health >= RESTED or threats(known):
        return True
    return stats.turn < known.no_rest_before or stats.hunger >= Hunger.WEAK


def free_the_hands(known: Knowledge, tool: Item) -> Keys:
    """Take the shield off for a mattock, which needs both hands (apply.c, use_pick_axe)."""
    shield = equipment.worn(known.equipment, SHIELD)
    two_handed = tool.kind in WEAPONS and WEAPONS[tool.kind].two_handed
    if two_handed and shield is not None and shield.buc != "cursed":
        yield from command(known, (TAKE_OFF,), [("What do you want to", ord(shield.letter))])


def learn_of_tool(known: Knowledge, level: Level, spot: Square, tool: Item) -> None:
    """Take in what became of a tool that was just used: of no use to the hero, or dropped, as who
    fumbles does (dig.c, dig).
    """
    if known.heard(*_UNUSABLE):
        known.given_up.add(tool.text)
    if known.heard("fumble and drop"):
        level.note_dropped(spot, tool.glyph)


def _wants_elbereth(known: Knowledge) -> bool:
    """Whether the word is worth its turn: in a pit, where the hero stays long, and with foes near.

    A pit wipes out what was written before (dig.c, digactualhole). Who is attacked digs in vain.
    """
    tool = digger(known)
    if tool is None or tool.oclass == nh.WAND_CLASS or not can_write(known):
        return False
    foes = [monster for monster in threats(known, NEAR) if respects(monster)]
    return bool(foes) or known.level.terrain[known.hero] == Terrain.TRAP


def _stand_on_elbereth(known: Knowledge, most: int) -> Generator[int, None, int]:
    """Sees to it that the word is underfoot, which fails once in four times (engrave.c, doengrave);
    returns how often it was written, `most` times if need be.
    """
    close = any(respects(monster) for monster in threats(known, CLOSE))
    level, spot, written = known.level, known.hero, 0
    if not _blind(known) and (close or not on_elbereth(known)):
        yield from read_dust(known)
    while written < most and not on_elbereth(known):
        if known.level is not level or known.hero != spot or not can_write(known):
            break
        yield from write_elbereth(known)
        written += 1
        if not _blind(known):
            yield from read_dust(known)
        else:
            known.level.elbereth[known.hero] = known.stats.turn
    return written


def _blind(known: Knowledge) -> bool:
    return bool(known.stats.condition & nh.BL_MASK_BLIND)


def _learn(known: Knowledge, level: Level, spot: Square, tool: Item, idle: int) -> None:
    """Take in what the game said to an attempt to dig."""
    learn_of_tool(known, level, spot, tool)
    if known.level is not level:
        return
    if known.heard(*_A_PIT) and level.terrain[spot] != Terrain.TRAP:
        level.set_terrain(spot, Terrain.TRAP)
        level.elbereth.pop(spot, None)
    if known.heard("don't fall in"):  # held by a lichen, say (trap.c, fall_through)
        level.set_terrain(spot, Terrain.HOLE)
    if known.heard("stairs are too hard"):  # the hero covers them
        level.set_terrain(spot, Terrain.STAIRS_UP)
    elif known.heard(*NO_ROOM):
        level.rocky.add(spot)
    elif known.heard(*UNDIGGABLE) or idle == MAX_IDLE:
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
