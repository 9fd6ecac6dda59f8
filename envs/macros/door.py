"""Door: open the nearest closed door, or kick it in if it is locked."""

from __future__ import annotations

from envs.game import Game
from envs.glyphs import Terrain
from envs.level import Square
from envs.macros.base import KICK, Keys, command, direction, walk
from envs.paths import UNREACHABLE

ORTHOGONAL = ((0, -1), (1, 0), (-1, 0), (0, 1))  # a door can't be used diagonally
MAX_TRIES = 25


class Door:
    """Walk to the nearest closed door and open it; kick it if it is locked."""

    name = "door"
    budget = 120

    def available(self, game: Game) -> bool:
        return _nearest_door(game) is not None

    def play(self, game: Game) -> Keys:
        found, level = _nearest_door(game), game.level
        if found is None:
            return
        _, stand, door = found
        yield from walk(game, stand)
        if game.hero != stand or game.level is not level:
            return
        if game.heard("Closed for inventory"):  # a shop: its keeper minds
            level.ignored.add(door)
            return
        way = direction(stand, door)
        yield from command(game, (ord("o"), way))
        tries = 0
        while _is_shut(game, door) and game.hero == stand and tries < MAX_TRIES:
            if not game.heard("locked", "WHAM", "resists"):
                break
            tries += 1
            kick = not game.heard("resists")  # not locked: pull again
            yield from command(game, (KICK if kick else ord("o"), way))
        if _is_shut(game, door) and game.hero == stand:
            level.ignored.add(door)


def _is_shut(game: Game, door: Square) -> bool:
    return bool(game.level.terrain[door] == Terrain.CLOSED_DOOR)


def _nearest_door(game: Game) -> tuple[int, Square, Square] | None:
    """(steps, where to stand, door) of the nearest closed door that was not given up."""
    level = game.level
    found = []
    for y, x in level.where(Terrain.CLOSED_DOOR):
        if (y, x) in level.ignored:
            continue
        for dy, dx in ORTHOGONAL:
            stand = (y + dy, x + dx)
            inside = 0 <= stand[0] < level.dist.shape[0] and 0 <= stand[1] < level.dist.shape[1]
            if inside and level.dist[stand] != UNREACHABLE:
                found.append((int(level.dist[stand]), stand, (y, x)))
    return min(found, default=None)
