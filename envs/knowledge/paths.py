"""Compiled kernels: the map memory's pass over the screen, and shortest paths.

All arrays are (21, 79), indexed [y, x]. Kernels are compiled once and cached on disk.
"""

from __future__ import annotations

import numpy as np
from nle import nethack as nh

from compiling.compiled import compiled
from envs.data.glyphs import (
    PASSABLE,
    SPECIES,
    STONE,
    TERRAIN,
    THING,
    Terrain,
    Thing,
)

Square = tuple[int, int]  # (y, x)
HEIGHT, WIDTH = 21, 79
UNREACHABLE = -1
ORTHOGONAL = ((0, -1), (1, 0), (-1, 0), (0, 1))  # doors are not used diagonally
MAX_MONSTERS = 128
NO_ROCK = np.zeros((HEIGHT, WIDTH), np.bool_)  # for who gets through everywhere

# Plain ints: numba freezes module globals into the compiled code.
_UNKNOWN, _FLOOR = int(Terrain.UNKNOWN), int(Terrain.FLOOR)
_OPEN_DOOR, _CLOSED_DOOR = int(Terrain.OPEN_DOOR), int(Terrain.CLOSED_DOOR)
_TRAP, _DEADLY_TRAP = int(Terrain.TRAP), int(Terrain.DEADLY_TRAP)
_NO_TERRAIN = 255
_STONE, _LAST_SYMBOL = STONE, nh.GLYPH_EXPLODE_OFF - 1
_MONSTER, _PET, _UNSEEN = int(Thing.MONSTER), int(Thing.PET), int(Thing.UNSEEN)
_OBJECT, _BOULDER = int(Thing.OBJECT), int(Thing.BOULDER)
_WALL = int(Terrain.WALL)
DEAD_END = 6.0  # how much likelier a hidden passage is where a corridor ends


def on_the_map(square: Square) -> bool:
    """Whether there is such a square."""
    return 0 <= square[0] < HEIGHT and 0 <= square[1] < WIDTH


def any_of(marked: np.ndarray) -> bool:
    """Whether a bool map marks any square: as ``marked.any()``, in a third of the time."""
    return b"\x01" in marked.tobytes()


@compiled
def remember(glyphs, shown, terrain, objects, seen, guessed, y0, x0, monsters):
    """Take what the screen shows into a level's memory, in place, in one pass.

    Args:
        glyphs: int16, the screen now.
        shown: int16, the screen when last remembered; brought up to date.
        terrain: uint8 codes of `Terrain`. An object or monster on an unknown square makes it floor,
            and so does an object in a wall, through which somebody has dug.
        objects: int16 glyph of the topmost object, or -1.
        seen: bool, squares whose nature is known: shown once, or next to where the hero stood.
        guessed: bool, squares whose terrain has been covered by something ever since.
        y0, x0: the hero.
        monsters: (MAX_MONSTERS, 4) int16, filled with y, x, species, and 1 for a pet, of every
            monster but the hero.

    Returns:
        (number of monsters, squares newly seen, whether terrain or objects changed).
    """
    count, fresh, changed = 0, 0, False
    for y in range(HEIGHT):
        for x in range(WIDTH):
            glyph = glyphs[y, x]
            if glyph == shown[y, x] and _STONE <= glyph <= _LAST_SYMBOL:
                continue  # the most frequent case: terrain that is known
            thing = THING[glyph]
            here = y == y0 and x == x0
            living = thing in (_MONSTER, _PET, _UNSEEN)
            if living and not here and count < MAX_MONSTERS:
                monsters[count, 0], monsters[count, 1] = y, x
                monsters[count, 2], monsters[count, 3] = SPECIES[glyph], thing == _PET
                count += 1
            if glyph == shown[y, x]:
                continue
            shown[y, x] = glyph
            if TERRAIN[glyph] == _UNKNOWN:
                continue
            if not seen[y, x]:
                seen[y, x] = True
                fresh += 1
            if _take_in(glyph, terrain, objects, guessed, y, x):
                changed = True
    return count, fresh, _know_around(seen, y0, x0) or changed


@compiled
def _take_in(glyph, terrain, objects, guessed, y, x):
    """Remember what a glyph shows of a square; return whether terrain or object changed."""
    kind, thing, changed = TERRAIN[glyph], THING[glyph], False
    if kind != _NO_TERRAIN:
        changed = terrain[y, x] != kind or objects[y, x] != -1
        terrain[y, x] = kind
        objects[y, x] = -1
        guessed[y, x] = False
        return changed
    covered = terrain[y, x] == _UNKNOWN or terrain[y, x] == _CLOSED_DOOR
    dug = terrain[y, x] == _WALL and thing == _OBJECT
    if (covered or dug) and thing != 0:
        guessed[y, x] = terrain[y, x] == _UNKNOWN
        terrain[y, x] = _OPEN_DOOR if terrain[y, x] == _CLOSED_DOOR else _FLOOR
        changed = True
    if thing in (_OBJECT, _BOULDER):
        changed = changed or objects[y, x] != glyph
        objects[y, x] = glyph
    return changed


@compiled
def _know_around(seen, y0, x0):
    """Count the hero's square and its neighbours as seen; return whether one of them was not."""
    changed = False
    for y in range(max(y0 - 1, 0), min(y0 + 2, HEIGHT)):
        for x in range(max(x0 - 1, 0), min(x0 + 2, WIDTH)):
            if not seen[y, x]:
                seen[y, x] = True
                changed = True
    return changed


@compiled
def note_piles(specials, mark, piles, y0, x0):
    """Take in which squares are marked as piles, but for the hero's, which the hero covers.

    Args:
        specials: uint8, the screen's marks.
        mark: the bit of a pile.
        piles: bool, filled.
        y0, x0: the hero.
    """
    under_the_hero = piles[y0, x0]
    for y in range(HEIGHT):
        for x in range(WIDTH):
            piles[y, x] = specials[y, x] & mark != 0
    piles[y0, x0] = under_the_hero


@compiled
def obstacles(blocked, objects, boulder):
    """Return the squares that are blocked, or that a boulder lies on, as a new bool map."""
    found = np.empty((HEIGHT, WIDTH), np.bool_)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            found[y, x] = blocked[y, x] or objects[y, x] == boulder
    return found


@compiled
def distances(terrain, obstacle, rock, need, y0, x0, out):
    """Breadth-first search: steps from (y0, x0) to every square, UNREACHABLE where there is no way.

    A real door can't be entered or left diagonally, and who carries much does not get through
    between two squares of rock (hack.c, test_move). The start need not be passable.

    Args:
        terrain: uint8 codes of `Terrain`.
        obstacle: bool, squares not to be entered although their terrain is passable.
        rock: bool, squares two of which let nobody through between them; none if one gets through.
        need: which traps count as passable: 0 none, 1 those that seldom kill, 2 deadly ones too.
        out: int16, filled.
    """
    out[:] = UNREACHABLE
    queue = np.empty(HEIGHT * WIDTH, np.int32)
    queue[0] = y0 * WIDTH + x0
    out[y0, x0] = 0
    head, tail = 0, 1
    while head < tail:
        y, x = divmod(queue[head], WIDTH)
        head += 1
        door = terrain[y, x] == _OPEN_DOOR or terrain[y, x] == _CLOSED_DOOR
        for dy in range(-1, 2):
            for dx in range(-1, 2):
                ny, nx = y + dy, x + dx
                if ny < 0 or nx < 0 or ny >= HEIGHT or nx >= WIDTH or out[ny, nx] != UNREACHABLE:
                    continue
                kind = terrain[ny, nx]
                dared = need >= 1 and kind == _TRAP or need >= 2 and kind == _DEADLY_TRAP
                if obstacle[ny, nx] or not (PASSABLE[kind] or dared):
                    continue
                diagonal = dy != 0 and dx != 0
                doors = door or terrain[ny, nx] == _OPEN_DOOR
                if diagonal and (doors or rock[y, nx] and rock[ny, x]):
                    continue
                out[ny, nx] = out[y, x] + 1
                queue[tail] = ny * WIDTH + nx
                tail += 1


@compiled
def path(dist, terrain, rock, y, x, out):
    """Walk back from (y, x) to the start of `dist`; straight steps are preferred to diagonal ones.

    Args:
        dist: as filled by `distances`; (y, x) must be reachable.
        terrain, rock: as for `distances`.
        out: (n, 2) int16 with n >= dist[y, x], filled with the squares to step on, in order.

    Returns:
        The number of steps.
    """
    steps = dist[y, x]
    for step in range(steps - 1, -1, -1):
        out[step, 0], out[step, 1] = y, x
        best_y, best_x, straight = -1, -1, False
        for dy in range(-1, 2):
            for dx in range(-1, 2):
                ny, nx = y + dy, x + dx
                if ny < 0 or nx < 0 or ny >= HEIGHT or nx >= WIDTH or dist[ny, nx] != step:
                    continue
                diagonal = dy != 0 and dx != 0
                doors = terrain[y, x] == _OPEN_DOOR or terrain[ny, nx] == _OPEN_DOOR
                if diagonal and (doors or terrain[ny, nx] == _CLOSED_DOOR or straight):
                    continue
                if diagonal and rock[y, nx] and rock[ny, x]:
                    continue
                best_y, best_x, straight = ny, nx, not diagonal
        y, x = best_y, best_x
    return steps


@compiled
def nearest_frontier(dist, seen):
    """Return the nearest reachable square that has an unseen neighbour: where exploring goes next.

    Returns:
        (y, x), or (-1, -1) where nothing is left to explore.
    """
    best, best_y, best_x = 32_767, -1, -1
    for y in range(HEIGHT):
        for x in range(WIDTH):
            if dist[y, x] == UNREACHABLE or dist[y, x] >= best:
                continue
            if borders_unseen(seen, y, x):
                best, best_y, best_x = dist[y, x], y, x
    return best_y, best_x


@compiled
def borders_unseen(seen, y, x):
    """Return whether a square has an unseen neighbour."""
    for ny in range(max(y - 1, 0), min(y + 2, HEIGHT)):
        for nx in range(max(x - 1, 0), min(x + 2, WIDTH)):
            if not seen[ny, nx]:
                return True
    return False


@compiled
def nearest(dist, wanted):
    """Return the nearest reachable square of a bool map; (-1, -1) if there is none."""
    best, best_y, best_x = 32_767, -1, -1
    for y in range(HEIGHT):
        for x in range(WIDTH):
            if wanted[y, x] and dist[y, x] != UNREACHABLE and dist[y, x] < best:
                best, best_y, best_x = dist[y, x], y, x
    return best_y, best_x


@compiled
def best_search(dist, terrain, seen, searched):
    """Where searching is most likely to find a hidden door or passage.

    Every wall or rock square beside a reachable square counts, more where much beyond it is unseen,
    or out of reach, and at dead ends, less the longer it was searched (each turn finds a hidden
    neighbour with probability 1/7: detect.c, dosearch0) and the further it is to walk.

    Returns:
        (y, x) of the square to search from; the start of `dist` at worst.
    """
    best, best_y, best_x = -1.0, -1, -1
    for y in range(HEIGHT):
        for x in range(WIDTH):
            if dist[y, x] == UNREACHABLE:
                continue
            value, exits = 0.0, 0
            for ny in range(max(y - 1, 0), min(y + 2, HEIGHT)):
                for nx in range(max(x - 1, 0), min(x + 2, WIDTH)):
                    if PASSABLE[terrain[ny, nx]] and not (ny == y and nx == x):
                        exits += 1
                    elif terrain[ny, nx] == _WALL or terrain[ny, nx] == _UNKNOWN:
                        hidden = _unseen_beyond(dist, terrain, seen, ny, nx, ny - y, nx - x)
                        value += (0.05 + hidden) * 0.9 ** searched[ny, nx]
            if exits <= 1:
                value *= DEAD_END
            value /= 1.0 + dist[y, x] / 20.0
            if value > best:
                best, best_y, best_x = value, y, x
    return best_y, best_x


@compiled
def _unseen_beyond(dist, terrain, seen, y, x, dy, dx):
    """Share of squares in the 7 by 15 block, about a room, that begins here and lies that way, that
    are unseen, or free but out of reach; what is off the map is none.
    """
    top, left = y - 3 + 3 * dy, x - 7 + 7 * dx
    unseen = 0
    for ny in range(max(top, 1), min(top + 7, HEIGHT - 1)):
        for nx in range(max(left, 2), min(left + 15, WIDTH - 1)):
            out_of_reach = dist[ny, nx] == UNREACHABLE and PASSABLE[terrain[ny, nx]]
            if out_of_reach or not seen[ny, nx]:
                unseen += 1
    return unseen / 105.0
