"""Generated levels of the stub's dungeon: six rooms joined by doors and corridors."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from envs.stub import things
from envs.stub.dungeon import NEIGHBOURS, WIDTH, Level, round_corners, spawn

# Distribution functions over doorway, open, closed, locked and secret door.
DOORS = np.cumsum((0.35, 0.15, 0.3, 0.1, 0.1)).tolist()
OPEN_DOORS = np.cumsum((0.7, 0.3)).tolist()


def generate(
    depth: int, last: bool, monsters: bool, pet: bool, closed_doors: bool, rng: np.random.Generator
) -> Level:
    """Return a level of six rooms, all of them joined through doors and corridors.

    Without `closed_doors` no door is shut or hidden, and no corridor is.
    """
    level = Level()
    rooms = [_dig_room(level, column, row, rng) for row in (0, 1) for column in (0, 1, 2)]
    # The first joins reach every room; the last closes a loop.
    for a, b in ((0, 1), (1, 2), (2, 5), (5, 4), (4, 3), (3, 0)):
        _join(level, rooms[a], rooms[b], closed_doors, rng)
    round_corners(level)
    order = rng.permutation(len(rooms))
    up = _spot(level, rooms[order[0]], rng)
    level.terrain[up] = things.STAIRS_UP
    level.start = up if depth == 1 else None
    if not last:
        level.terrain[_spot(level, rooms[order[1]], rng)] = things.STAIRS_DOWN
    for thing in (things.food_ration(), things.apples(3), things.gold(int(rng.integers(5, 60)))):
        place = _spot(level, rooms[rng.integers(len(rooms))], rng)
        level.items.setdefault(place, []).append(thing)
    if monsters:
        names = ("newt", "jackal", "sewer rat", "grid bug", "lichen", "gnome", "hill orc", "wolf")
        for _ in range(int(rng.integers(2, 4 + depth // 2))):
            name = names[rng.integers(min(len(names), 4 + depth))]
            free = _bare(level, rooms[order[rng.integers(1, len(rooms))]])
            if not free:  # a deep level has more monsters than there is room for
                continue
            place = free[rng.integers(len(free))]
            level.monsters[place] = spawn(
                name, rng, peaceful=name == "gnome" and rng.random() < 0.5
            )
    if pet and depth == 1:
        place = next(up + d for d in NEIGHBOURS if level.terrain[up + d] == things.ROOM)
        level.monsters[place] = spawn("kitten", rng, pet=True)
    return level


@dataclass(frozen=True, slots=True)
class _Room:
    left: int
    top: int
    right: int
    bottom: int  # walls, inclusive


def _dig_room(level: Level, column: int, row: int, rng: np.random.Generator) -> _Room:
    left = 2 + column * 26 + int(rng.integers(0, 6))
    top = 1 + row * 10 + int(rng.integers(0, 2))
    right, bottom = left + int(rng.integers(5, 16)), top + int(rng.integers(4, 7))
    across = right - left + 1
    wall = [things.HWALL] * across
    floor = [things.VWALL, *[things.ROOM] * (across - 2), things.VWALL]
    for y in range(top, bottom + 1):
        first = y * WIDTH + left
        level.terrain[first : first + across] = wall if y in (top, bottom) else floor
    return _Room(left, top, right, bottom)


def _join(level: Level, a: _Room, b: _Room, closed_doors: bool, rng: np.random.Generator) -> None:
    """Digs a corridor with one bend between two rooms that are side by side."""
    if a.left > b.right or a.top > b.bottom:
        a, b = b, a
    beside = a.right < b.left
    if beside:
        start = (a.right, int(rng.integers(a.top + 1, a.bottom)))
        end = (b.left, int(rng.integers(b.top + 1, b.bottom)))
    else:
        start = (int(rng.integers(a.left + 1, a.right)), a.bottom)
        end = (int(rng.integers(b.left + 1, b.right)), b.top)
    path = _bend(start, end, beside, rng)
    for x, y in path:
        level.terrain[y * WIDTH + x] = things.CORRIDOR
        level.hidden.pop(y * WIDTH + x, None)
    if rng.random() < 0.1 and closed_doors:
        x, y = path[len(path) // 2]
        level.terrain[y * WIDTH + x] = things.STONE
        level.hidden[y * WIDTH + x] = things.CORRIDOR
    for x, y in (start, end):
        _hang_door(level, y * WIDTH + x, beside, closed_doors, rng)


def _bend(
    start: tuple[int, int], end: tuple[int, int], beside: bool, rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Squares strictly between two doors: straight, across in the gap between walls, straight."""
    if not beside:
        turned = _bend(start[::-1], end[::-1], True, rng)
        return [(x, y) for y, x in turned]
    (x0, y0), (x1, y1) = start, end
    turn = int(rng.integers(x0 + 1, x1))
    across = range(min(y0, y1), max(y0, y1) + 1)
    path = [(x, y0) for x in range(x0 + 1, turn)]
    path += [(turn, y) for y in (across if y0 <= y1 else reversed(across))]
    return path + [(x, y1) for x in range(turn + 1, x1)]


def _hang_door(
    level: Level, square: int, in_vwall: bool, closed_doors: bool, rng: np.random.Generator
) -> None:
    closed = things.CLOSED_IN_VWALL if in_vwall else things.CLOSED_IN_HWALL
    opened = things.OPEN_IN_VWALL if in_vwall else things.OPEN_IN_HWALL
    kind = bisect_right(DOORS if closed_doors else OPEN_DOORS, rng.random())
    level.hidden.pop(square, None)
    level.locked.discard(square)
    if kind == 4:
        level.hidden[square] = closed
        level.terrain[square] = things.VWALL if in_vwall else things.HWALL
        return
    level.terrain[square] = (things.DOORWAY, opened, closed, closed)[kind]
    if kind == 3:
        level.locked.add(square)


def _spot(level: Level, room: _Room, rng: np.random.Generator) -> int:
    """Return a bare floor square of the room."""
    free = _bare(level, room)
    return free[rng.integers(len(free))]


def _bare(level: Level, room: _Room) -> list[int]:
    """Return the bare floor squares of a room."""
    terrain, taken = level.terrain, {*level.items, *level.monsters}
    return [
        square
        for y in range(room.top + 1, room.bottom)
        for square in range(y * WIDTH + room.left + 1, y * WIDTH + room.right)
        if terrain[square] == things.ROOM and square not in taken
    ]
