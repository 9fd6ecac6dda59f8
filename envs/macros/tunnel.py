"""Cutting a way through rock, where no other leads on."""

from __future__ import annotations

from envs.data.glyphs import Terrain
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.paths import Square
from envs.knowledge.threats import threats
from envs.knowledge.tunnels import block_beyond, is_rock, pick, tunnel
from envs.macros.base import Keys, command, direction, step, walk
from envs.macros.dig import MAX_IDLE, free_the_hands, learn_of_tool

MAX_STROKES = 12  # commands for one square: each is broken off when a monster comes into view


def dig_through(known: Knowledge) -> Keys:
    """Go, and dig, along the quickest way up; ends there, or where a monster comes near."""
    way, level = tunnel(known), known.level
    if not way:
        return
    yield from walk(known, way[0], until=lambda: bool(threats(known, 1)))
    for last, square in zip(way, way[1:], strict=False):
        if known.level is not level or known.hero != last or threats(known, 1):
            return
        if is_rock(level, square):
            yield from _cut(known, square)
        if known.level is not level or known.hero != last or is_rock(level, square):
            return  # teleportitis strikes at any time
        yield from step(known, square)


def _cut(known: Knowledge, square: Square) -> Keys:
    """Dig a neighbouring square away; what can't be dug counts as blocked from then on."""
    level, start, idle = known.level, known.hero, 0
    for _ in range(MAX_STROKES):
        tool = pick(known)
        if tool is None or known.level is not level or known.hero != start or threats(known, 1):
            return
        if not is_rock(level, square):
            return
        yield from free_the_hands(known, tool)
        turn = known.stats.turn
        way = direction(start, square)
        answers = [("want to use or apply", ord(tool.letter)), ("In what direction", way)]
        yield from command(known, b"a", answers)
        learn_of_tool(known, level, start, tool)
        if pick(known) is None:
            return
        if known.heard("through thin air"):  # it was dark, but no rock
            level.set_terrain(square, Terrain.FLOOR)
        idle = idle + 1 if known.stats.turn == turn else 0
        if known.heard("Hey, stop digging"):
            level.block(square)  # the next time is a crime
            return
        if known.heard("too hard to"):
            block_beyond(level, start, square)
            return
        if idle == MAX_IDLE:
            level.block(square)
            return
