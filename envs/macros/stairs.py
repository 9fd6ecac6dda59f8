"""Descend and ascend: walk to stairs that are known, and take them."""

from __future__ import annotations

import numpy as np

from envs.game import Game
from envs.glyphs import Terrain
from envs.level import Square
from envs.macros.base import Keys, command, step, walk
from envs.macros.hunt import mines_stairs
from envs.macros.tools import can_dig
from envs.paths import HEIGHT, UNREACHABLE, WIDTH
from envs.progression import MINES


class Descend:
    """Take the nearest known way down: stairs, holes and trap doors; not into the Gnomish Mines."""

    name = "descend"
    budget = 120

    def available(self, game: Game) -> bool:
        if game.stats.dungeon == MINES and can_dig(game):  # they end soon: see `climb`
            return False
        return _way_down(game) is not None or _nearest_hole(game) is not None

    def play(self, game: Game) -> Keys:
        hole, stairs = _nearest_hole(game), _way_down(game)
        dist = game.level.dist
        if hole is not None and (stairs is None or dist[hole[0]] < dist[stairs]):
            yield from _jump(game, *hole)
        elif stairs is not None:
            yield from take_stairs(game, stairs, ord(">"), Terrain.STAIRS_UP)


class Ascend:
    """Walk to the nearest known stairs up and take them; never out of the dungeon."""

    name = "ascend"
    budget = 120

    def available(self, game: Game) -> bool:
        return way_up(game) is not None

    def play(self, game: Game) -> Keys:
        stairs = way_up(game)
        if stairs is not None:
            yield from take_stairs(game, stairs, ord("<"), Terrain.STAIRS_DOWN)


def shut_in(game: Game) -> bool:
    """Whether the hero can neither explore nor go down, and only monsters are in the way."""
    if game.level.frontier() is not None or Descend().available(game):
        return False
    return game.level.cut_off()


def way_up(game: Game) -> Square | None:
    """The nearest reachable stairs up that stay in the dungeon and out of Sokoban."""
    if game.stats.depth == 1:
        return None
    return _nearest(game, Terrain.STAIRS_UP, game.level.branches_off(game.stats.dungeon))


def _way_down(game: Game) -> Square | None:
    without = game.level.branches_off(game.stats.dungeon)
    likely = mines_stairs(game)
    if len(likely) == 1:
        without |= likely
    return _nearest(game, Terrain.STAIRS_DOWN, without)


def _nearest(game: Game, kind: Terrain, without: set[Square]) -> Square | None:
    if not game.level.knows(kind):
        return None
    wanted: np.ndarray = game.level.terrain == int(kind)
    for square in without:
        wanted[square] = False
    return game.level.nearest(wanted)


def _nearest_hole(game: Game) -> tuple[Square, Square] | None:
    """(where to stand, hole) of the nearest trap that leads to another level."""
    level = game.level
    if not level.knows(Terrain.HOLE):
        return None
    found = [
        (int(level.dist[y, x]), (y, x), (hole_y, hole_x))
        for hole_y, hole_x in level.where(Terrain.HOLE)
        if (hole_y, hole_x) not in level.ignored
        for y in range(max(hole_y - 1, 0), min(hole_y + 2, HEIGHT))
        for x in range(max(hole_x - 1, 0), min(hole_x + 2, WIDTH))
        if level.dist[y, x] != UNREACHABLE
    ]
    return min(found)[1:] if found else None


def _jump(game: Game, stand: Square, hole: Square) -> Keys:
    """Steps onto a trap; one that is known is sometimes escaped, and then ``>`` takes it (do.c)."""
    level = game.level
    if game.hero != hole:
        yield from walk(game, stand)
        if game.hero != stand or game.level is not level:
            return
        yield from step(game, hole)
    if game.level is level and game.hero == hole:
        yield from command(game, b">")
    if game.level is level:
        level.ignored.add(hole)


def take_stairs(game: Game, target: Square, key: int, arrives_on: Terrain) -> Keys:
    """Walks to stairs and takes them, and learns where they lead."""
    level, left = game.level, game.level_key
    yield from walk(game, target)
    if game.hero != target or game.level is not level:
        return
    yield from command(game, (key,))
    if game.level is not level:
        level.leads[target] = game.level_key
        beside = [square for square in game.level.where(arrives_on) if game.adjacent(square)]
        # the hero covers the stairs that lead back, or was pushed off them (do.c, u_collide_m)
        stairs = beside[0] if beside else game.hero
        game.level.leads[stairs] = left
        game.level.set_terrain(stairs, arrives_on)
    elif game.heard("can't go down here", "can't go up here"):
        level.set_terrain(target, Terrain.FLOOR)  # remembered wrongly, or a mimic
