"""Exploring a level: where there is more to see, and how ways that lead there are opened.

Only `open_ways` changes the level; the others are questions, and only read it.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from envs.data.glyphs import PASSABLE, Terrain
from envs.knowledge import paths
from envs.knowledge.level import Level
from envs.knowledge.paths import Square

SEARCHED_FOR_LONG = 150 * 9  # turns of searching, each of which covers nine squares
ROOM_TO_PASS = 5  # passable neighbours of an open place
MAX_TRIES = 40  # turns at which decisions were taken before a frontier is given up
DARING = 2  # the greatest `Level.need`: over deadly traps
PATIENCE = 300  # turns between two chances that a level's blocked squares are given


def exits(level: Level, square: Square) -> int:
    """How many neighbours of a square can be stood on."""
    y, x = square
    around = level.terrain[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
    return int(PASSABLE[around].sum()) - int(PASSABLE[level.terrain[square]])


def roomy(level: Level, square: Square) -> bool:
    """Whether it is open enough there to get past a monster on the next square."""
    return exits(level, square) >= ROOM_TO_PASS


def room_to_push(level: Level, square: Square) -> bool:
    """Whether who had boulders on all squares around could push one off, and get out beside it."""
    free = PASSABLE[level.terrain] & ~level.boulders
    outside = free.copy()
    y, x = square
    outside[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] = False
    for dy, dx in product((-1, 0, 1), repeat=2):
        (v, u), pushed = (y + dy, x + dx), (y + 2 * dy, x + 2 * dx)
        if pushed == square or not (paths.on_the_map(pushed) and free[v, u] and free[pushed]):
            continue
        if outside[max(v - 1, 0) : v + 2, max(u - 1, 0) : u + 2].sum() > 1:  # more than `pushed`
            return True
    return False


def lighter_way(level: Level) -> bool:
    """Whether there is more to explore, a way down or most of what is known of the level for who
    carries less, between squares of rock; beyond a trap at worst.
    """
    if not level.tight:
        return False
    dist = level.dist_without_monsters(DARING, tight=False)
    down = any(dist[square] != paths.UNREACHABLE for square in level.where(Terrain.STAIRS_DOWN))
    if down or paths.nearest_frontier(dist, level.seen)[0] >= 0:
        return True
    reach, then = ((squares != paths.UNREACHABLE).sum() for squares in (level.dist, dist))
    return bool(then > 2 * reach)


def is_frontier(level: Level, square: Square) -> bool:
    """Whether a square has an unseen neighbour."""
    return bool(paths.borders_unseen(level.seen, *square))


def cut_off(level: Level, stairs: Terrain = Terrain.STAIRS_DOWN) -> bool:
    """Whether monsters in view keep the hero from such stairs, from exploring, or from most of
    what is known of the level.
    """
    return _matters(level, _beyond(level), stairs)


def bars(level: Level, square: Square, stairs: Terrain = Terrain.STAIRS_DOWN) -> bool:
    """Whether who stands on a square does, alone or with others beside."""
    beyond = _beyond(level)
    if not beyond[square]:
        return False
    steps = np.empty(beyond.shape, np.int16)  # among those squares
    paths.distances(level.terrain, ~beyond, paths.NO_ROCK, DARING, *square, steps)
    return _matters(level, steps != paths.UNREACHABLE, stairs)


def _beyond(level: Level) -> np.ndarray:
    """(21, 79) bool, squares that only those who stand in the way keep the hero from."""
    return (level.dist_alone != paths.UNREACHABLE) & (level.dist == paths.UNREACHABLE)


def _matters(level: Level, beyond: np.ndarray, stairs: Terrain) -> bool:
    if beyond.sum() >= (level.dist != paths.UNREACHABLE).sum():
        return True
    squares = [divmod(square, paths.WIDTH) for square in np.flatnonzero(beyond).tolist()]
    return any(level.terrain[square] == stairs or is_frontier(level, square) for square in squares)


def searched_in_vain(level: Level) -> bool:
    """Whether nothing is left to explore, and the level was searched for long."""
    return level.frontier is None and bool(level.searched.sum() >= SEARCHED_FOR_LONG)


def lost(level: Level) -> bool:
    """Whether neither a way down nor more of the level was found, though it was searched for
    long.
    """
    return searched_in_vain(level) and not any(
        map(level.reachable, level.where(Terrain.STAIRS_DOWN))
    )


def open_ways(level: Level, turn: int = 0) -> Square | None:
    """Give up a frontier that was not reached for long. Where none is left, open ways to one:
    over traps, and then by squares that were blocked before; and over deadly traps, if
    something lies beyond them, once the level has been searched for long. Doing it twice in a
    turn is doing it once.

    Returns:
        The frontier then.
    """
    found = _worth_going_on(level, turn)
    if found is None and level.need == 0 and level.knows(Terrain.TRAP):
        level.dare(1)
        found = level.frontier
    if found is None and turn >= level.no_pardon_before and level.blocked.any():
        level.pardon(turn + PATIENCE)
        found = level.frontier
    if found is None and level.need < DARING and _only_deadly_traps_left(level):
        level.dare(DARING)
        found = level.frontier
    return found


def _worth_going_on(level: Level, turn: int) -> Square | None:
    """Return the frontier; one that has been it at so many turns in vain counts as seen: a mold
    stands there, say, that is seen only from beside it.
    """
    found = level.frontier
    tried, level.tried_at = turn == level.tried_at, turn
    if found is None or tried:
        return found
    level.tries[found] = level.tries.get(found, 0) + 1
    if level.tries[found] <= MAX_TRIES:
        return found
    level.leave_unexplored({found})
    return level.frontier


def _only_deadly_traps_left(level: Level) -> bool:
    """Whether they bar the way to some of what is known, or may hide it, and searching found no
    other.
    """
    if level.searched.sum() < SEARCHED_FOR_LONG or not level.knows(Terrain.DEADLY_TRAP):
        return False
    now, then = (level.dist_without_monsters(need, level.tight) for need in (1, DARING))
    beyond = (then != paths.UNREACHABLE) & (now == paths.UNREACHABLE)
    hides_more = paths.nearest_frontier(then, level.seen)[0] >= 0
    return hides_more or bool((beyond & (level.terrain != int(Terrain.DEADLY_TRAP))).any())
