"""Promises of the shortest paths, against scipy's graph search on the same rules."""

import numpy as np
import pytest
from helpers.screens import cmap, monster, pet, screen, thing
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from envs.data.glyphs import Terrain
from envs.knowledge import paths
from envs.knowledge.exploring import is_frontier
from envs.knowledge.level import Level

LETTERS = " |_O+#.<>}^T{"
WALKABLE, DOORS = set("_O#.<>{"), set("O+")
SIZE = (7, 9)


@st.composite
def patches(draw):
    """Letters of a small area, where it lies on the map, and the hero's square in it."""
    weights = LETTERS + "....####OO__"
    letters = draw(hnp.arrays("U1", SIZE, elements=st.sampled_from(weights)))
    corner = draw(st.sampled_from([(0, 0), (0, 70), (14, 0), (14, 70), (7, 30)]))
    hero = draw(st.tuples(st.integers(0, SIZE[0] - 1), st.integers(0, SIZE[1] - 1)))
    letters[hero] = draw(st.sampled_from(".#_O<"))
    return letters, corner, hero


def level_of(letters, corner, hero):
    level = Level()
    glyphs = screen(*map("".join, letters), y=corner[0], x=corner[1])
    level.observe(glyphs, (corner[0] + hero[0], corner[1] + hero[1]))
    return level


def legal_step(letters, start, end):
    """A step of one square onto a walkable one, and no diagonal at a door (hack.c, test_move)."""
    dy, dx = end[0] - start[0], end[1] - start[1]
    if max(abs(dy), abs(dx)) != 1 or letters[end] not in WALKABLE:
        return False
    return not (dy and dx and (letters[start] in DOORS or letters[end] in DOORS))


def steps_by_scipy(letters, hero):
    squares = list(np.ndindex(*SIZE))
    edges = np.array([[legal_step(letters, a, b) for b in squares] for a in squares], float)
    found = shortest_path(csr_array(edges), unweighted=True, indices=squares.index(hero))
    return np.where(np.isinf(found), paths.UNREACHABLE, found).reshape(SIZE).astype(int)


def inside(array, corner):
    return array[corner[0] : corner[0] + SIZE[0], corner[1] : corner[1] + SIZE[1]]


@settings(max_examples=150, deadline=None)
@given(patches())
def test_distances_are_those_of_scipys_graph_search(patch):
    letters, corner, hero = patch
    level = level_of(*patch)
    assert inside(level.dist, corner).tolist() == steps_by_scipy(letters, hero).tolist()


@settings(max_examples=100, deadline=None)
@given(patches())
def test_a_path_is_made_of_legal_steps_and_as_long_as_the_distance(patch):
    letters, (top, left), hero = patch
    level, steps = level_of(*patch), steps_by_scipy(letters, hero)
    for goal in zip(*np.nonzero(steps > 0), strict=True):
        found = level.path((int(top + goal[0]), int(left + goal[1])))
        squares = [hero, *[(y - top, x - left) for y, x in found]]
        assert len(found) == steps[goal] and squares[-1] == goal
        assert all(legal_step(letters, a, b) for a, b in zip(squares, squares[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(patches())
def test_the_frontier_is_a_nearest_reachable_square_beside_the_unseen(patch):
    letters, (top, left), hero = patch
    level = level_of(*patch)
    level.need = 1
    steps = steps_by_scipy(np.where(letters == "^", ".", letters), hero)
    seen = np.zeros((21, 79), bool)
    inside(seen, (top, left))[letters != " "] = True
    y, x = top + hero[0], left + hero[1]
    seen[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] = True

    def borders(y, x):
        return not seen[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].all()

    open_ends = [
        steps[goal]
        for goal in zip(*np.nonzero(steps >= 0), strict=True)
        if borders(top + goal[0], left + goal[1])
    ]
    found = level.frontier
    assert (found is None) == (not open_ends)
    if found is not None:
        assert steps[found[0] - top, found[1] - left] == min(open_ends)
        assert borders(*found) and is_frontier(level, found)


@settings(max_examples=50, deadline=None)
@given(patches(), hnp.arrays(bool, SIZE))
def test_nearest_is_a_wanted_square_with_the_fewest_steps(patch, wanted):
    letters, (top, left), hero = patch
    level, steps = level_of(*patch), steps_by_scipy(letters, hero)
    everywhere = np.zeros((21, 79), bool)
    inside(everywhere, (top, left))[:] = wanted
    found = level.nearest(everywhere)
    candidates = steps[wanted & (steps >= 0)]
    assert (found is None) == (not candidates.size)
    if found is not None:
        square = found[0] - top, found[1] - left
        assert wanted[square] and steps[square] == candidates.min()


@pytest.mark.parametrize("door, steps", [("O", 4), ("_", 2)])
def test_a_real_door_is_not_crossed_diagonally_but_a_doorway_is(door, steps):
    """Into the door from the diagonal: straight to the square before it, in, and out again."""
    level = Level()
    level.observe(screen("|..|..", f"|..{door}..", "|..|..", y=5, x=5), (5, 7))
    assert level.dist[5, 9] == steps
    assert level.dist[6, 8] == (2 if door == "O" else 1)


def test_closed_doors_traps_and_monsters_are_gone_round():
    glyphs = screen("...", ".|.", "...", y=5, x=5)
    for obstacle in (cmap("+"), cmap("^"), cmap("}"), monster("newt"), thing("boulder")):
        glyphs[5, 6] = obstacle
        level = Level()
        level.observe(glyphs, (5, 5))
        assert level.dist[5, 6] == paths.UNREACHABLE
        assert level.dist[5, 7] == 4  # down the left side, along the bottom, diagonals at corners
    glyphs[5, 6] = pet("kitten")
    level = Level()
    level.observe(glyphs, (5, 5))
    assert level.dist[5, 6] == 1 and level.dist[5, 7] == 2  # the hero swaps places with a pet


def best_search(level):
    return paths.best_search(level.dist, level.terrain, level.seen, level.searched)


def test_searching_prefers_the_dead_end_of_a_corridor():
    """Two arms of equal length; one ends, the other leads into a room of which all is seen."""
    rows = (
        "            -----",
        "            |...|",
        "############_...|",
        "            |...|",
        "            -----",
    )
    level = Level()
    for x in range(31, 19, -1):  # walks the corridor: what lies beside it is known to be rock
        level.observe(screen(*rows, y=6, x=20), (8, x))
    assert best_search(level) == (8, 20)


def test_a_dead_end_is_worth_a_walk():
    """From the middle of a corridor, both ends of which are dead, 12 steps away."""
    level = Level()
    glyphs = screen("#" * 25, y=10, x=30)
    for x in (*range(30, 55), *range(54, 41, -1)):
        level.observe(glyphs, (10, x))
    assert best_search(level) in ((10, 30), (10, 54))


def test_searching_moves_on_from_where_it_was_in_vain():
    level = Level()
    glyphs = screen("#######", y=8, x=30)
    for x in range(30, 37):
        level.observe(glyphs, (8, x))
    first = best_search(level)
    assert first == (8, 36)  # both ends are dead; the hero stands on this one
    level.searched[7:10, 35:38] += 200
    assert best_search(level) == (8, 30)


def test_searching_weighs_the_walk():
    """Of two ends alike, the nearer one."""
    level = Level()
    glyphs = screen("#" * 21, y=10, x=30)
    for x in (*range(30, 51), *range(50, 33, -1)):
        level.observe(glyphs, (10, x))
    assert best_search(level) == (10, 30)


def test_searching_prefers_the_wall_towards_the_great_unknown():
    """A room at the left edge of the map: there is space for others only at its right."""
    level = Level()
    level.observe(screen("-----", "|...|", "|...|", "|...|", "-----", y=8, x=1), (10, 3))
    assert best_search(level)[1] == 4


def test_searching_prefers_the_wall_towards_what_is_known_but_out_of_reach():
    """A map shows another room, and no door: the wall between them has one."""
    level = Level()
    rows = (
        "-----        -----",
        "|...|        |.>.|",
        "|...|        |...|",
        "|...|        |...|",
        "-----        -----",
    )
    level.observe(screen(*rows, y=8, x=30), (10, 32))
    assert not level.reachable((9, 45))
    level.map_all()
    assert best_search(level)[1] == 33
    level.observe(screen(*(row[::-1] for row in rows), y=8, x=17), (10, 32))
    level.terrain[:, 40:] = Terrain.WALL
    level._note_change()
    assert best_search(level)[1] == 31
