"""Promises of the map memory of one level."""

import numpy as np
import pytest
from helpers.room import HERO, LEFT, TOP, room, seen_room
from helpers.screens import cmap, corpse, monster, pet, screen, thing
from nle import nethack as nh

from envs.data.glyphs import BOULDER, Terrain
from envs.knowledge import paths
from envs.knowledge.level import Level


def test_every_kind_of_terrain_is_remembered():
    level = Level()
    level.observe(screen("|._O+#<>}^T{", y=3, x=3), (10, 10))
    expected = [
        Terrain.WALL, Terrain.FLOOR, Terrain.DOORWAY, Terrain.OPEN_DOOR, Terrain.CLOSED_DOOR,
        Terrain.CORRIDOR, Terrain.STAIRS_UP, Terrain.STAIRS_DOWN, Terrain.WATER, Terrain.TRAP,
        Terrain.OBSTACLE, Terrain.FURNITURE,
    ]  # fmt: skip
    assert level.terrain[3, 3:15].tolist() == [int(t) for t in expected]
    assert level.where(Terrain.STAIRS_DOWN) == ((3, 10),)


def test_terrain_is_remembered_under_monsters_and_objects():
    glyphs = room()
    glyphs[10, 34] = cmap(">")
    level = seen_room(glyphs)
    for cover in (monster("newt"), thing("dagger"), corpse("newt"), pet("kitten")):
        glyphs[10, 34] = cover
        level.observe(glyphs, HERO)
        assert level.where(Terrain.STAIRS_DOWN) == ((10, 34),)


def test_a_monster_or_object_on_an_unknown_square_makes_it_floor_until_it_shows():
    glyphs = room()
    glyphs[10, 34] = thing("dagger")
    level = seen_room(glyphs)
    assert level.terrain[10, 34] == Terrain.FLOOR
    glyphs[10, 34] = cmap("<")
    level.observe(glyphs, HERO)
    assert level.terrain[10, 34] == Terrain.STAIRS_UP


def test_a_closed_door_with_something_in_it_is_open():
    glyphs = room()
    glyphs[10, LEFT + 6] = cmap("+")
    level = seen_room(glyphs)
    glyphs[10, LEFT + 6] = monster("gnome")
    level.observe(glyphs, HERO)
    assert level.terrain[10, LEFT + 6] == Terrain.OPEN_DOOR


def test_where_something_lies_in_a_wall_somebody_has_dug_through():
    """A dwarf that is killed where it digs leaves its tool in what the map showed as wall."""
    level = seen_room()
    assert level.terrain[10, LEFT + 6] == Terrain.WALL
    glyphs = room()
    glyphs[10, LEFT + 6] = corpse("dwarf")
    level.observe(glyphs, HERO)
    assert level.reachable((10, LEFT + 6))


def test_objects_are_remembered_under_monsters_and_forgotten_when_gone():
    glyphs = room()
    glyphs[9, 33] = thing("dagger")
    level = seen_room(glyphs)
    assert level.objects[9, 33] == thing("dagger")
    glyphs[9, 33] = monster("newt")
    level.observe(glyphs, HERO)
    assert level.objects[9, 33] == thing("dagger")
    glyphs[9, 33] = cmap(".")
    level.observe(glyphs, HERO)
    assert level.objects[9, 33] == -1


def test_boulders_block_the_way():
    glyphs = room()
    glyphs[9:12, 33] = thing("boulder")
    level = seen_room(glyphs)
    assert level.boulders[9:12, 33].all() and level.boulders.sum() == 3
    assert not level.reachable((10, 34))
    glyphs[9, 33] = cmap(".")
    level.observe(glyphs, HERO)
    assert level.reachable((10, 34))


def test_squares_count_as_seen_once():
    level = Level()
    first = level.observe(room(), HERO)
    assert first == level.squares_seen == 7 * 5
    assert level.observe(room(), HERO) == 0 and level.squares_seen == 35
    more = room()
    more[10, LEFT + 7] = cmap("#")
    assert level.observe(more, HERO) == 1 and level.squares_seen == 36


def test_what_is_no_longer_shown_stays_known():
    level = seen_room()
    level.observe(screen(), (3, 3))
    assert level.seen[TOP : TOP + 5, LEFT : LEFT + 7].all()
    assert level.terrain[9, 33] == Terrain.FLOOR


def test_the_rock_beside_the_hero_is_known():
    level = Level()
    level.observe(screen(), (5, 5))
    assert level.seen.sum() == 9 and level.seen[4:7, 4:7].all()
    corner = Level()
    corner.observe(screen(), (0, 78))
    assert corner.seen.sum() == 4


def test_monsters_are_the_ones_in_view_without_the_hero():
    glyphs = room()
    glyphs[9, 33], glyphs[11, 33] = monster("newt"), pet("kitten")
    level = seen_room(glyphs)
    assert [(m.square, m.name, m.pet, m.hostile) for m in level.monsters] == [
        ((9, 33), "newt", False, True),
        ((11, 33), "kitten", True, False),
    ]
    level.observe(room(), HERO)
    assert level.monsters == []


def test_an_unseen_monster_is_a_nameless_hostile():
    glyphs = room()
    glyphs[9, 33] = 762  # display.h: GLYPH_INVIS_OFF, after 381 monsters and 381 pets
    (unseen,) = seen_room(glyphs).monsters
    assert (unseen.species, unseen.hostile, unseen.name) == (-1, True, "unseen monster")


def bumps_until_blocked(time_passed):
    level = seen_room()
    for count in range(1, 50):
        level.bump((10, 33), time_passed)
        if not level.reachable((10, 33)):
            return count
    return None


def test_a_square_that_can_not_be_entered_is_soon_gone_round():
    assert bumps_until_blocked(False) == 1
    at_a_turn_each = bumps_until_blocked(True)
    assert at_a_turn_each > 20  # getting out of a pit takes turns, and then succeeds


def test_a_door_in_which_something_lies_may_be_locked():
    """What lies there is shown instead of the door."""
    level = seen_room()
    level.set_terrain((10, 33), Terrain.OPEN_DOOR)
    level.bump((10, 33), False, "This door is locked.")
    assert level.where(Terrain.CLOSED_DOOR) == ((10, 33),) and not level.blocked.any()


def test_who_stands_in_the_way_does_not_make_a_square_closed():
    level = seen_room()
    for y in (9, 10, 11):
        level.rooted[y, 33] = 0
    level._note_change()
    assert not level.reachable((10, 34)) and level.open_to((10, 34))
    level.block((10, 33))
    level.set_terrain((9, 33), Terrain.WALL)
    level.set_terrain((11, 33), Terrain.WALL)
    assert not level.open_to((10, 34))


def test_blocking_and_correcting_change_the_way():
    level = seen_room()
    assert level.dist[10, 34] == 2
    for y in (9, 10, 11):
        level.block((y, 33))
    assert level.dist[10, 34] == paths.UNREACHABLE
    level = seen_room()
    for y in (9, 10, 11):
        level.set_terrain((y, 33), Terrain.WALL)
    assert level.dist[10, 34] == paths.UNREACHABLE


def test_the_way_follows_the_hero_and_the_monsters():
    glyphs = room()
    level = seen_room(glyphs)
    assert level.dist[10, 35] == 3
    glyphs[9:12, 34] = monster("newt")
    level.observe(glyphs, HERO)
    assert level.dist[10, 35] == paths.UNREACHABLE
    glyphs[9:12, 34] = cmap(".")
    level.observe(glyphs, (10, 34))
    assert level.dist[10, 35] == 1


def test_who_never_moves_is_remembered_until_the_hero_sees_the_place_without_it():
    glyphs = room()
    glyphs[9:12, 34] = monster("brown mold")
    level = seen_room(glyphs)
    level.observe(room(), HERO)  # it is dark there
    assert level.monsters == [] and level.dist[10, 35] == paths.UNREACHABLE
    assert set(level.rooted) == {(9, 34), (10, 34), (11, 34)}
    level.observe(room(), (10, 33))
    assert level.rooted == {} and level.dist[10, 35] == 2


def test_the_trace_of_an_unseen_monster_bars_no_way():
    glyphs = room()
    glyphs[9:12, 34] = 762  # GLYPH_INVIS_OFF
    assert seen_room(glyphs).dist[10, 35] == 3


def test_path_to_the_heros_own_square_is_empty():
    assert seen_room().path(HERO) == []


@pytest.mark.parametrize("hero", [(0, 0), (0, 78), (20, 0), (20, 78)])
def test_the_edges_of_the_map_hold(hero):
    level = Level()
    level.observe(np.full((21, 79), cmap("."), np.int16), hero)
    assert level.dist.max() == 78 if hero[1] in (0, 78) else 77
    assert level.frontier is None


def test_a_door_under_an_object_is_learnt_from_the_step_that_fails():
    level = seen_room()
    level.bump((11, 33), False, "You can't move diagonally into an intact doorway.")
    assert level.terrain[11, 33] == Terrain.OPEN_DOOR and level.dist[11, 33] == 2
    level.bump((11, 33), False, "You can't move diagonally out of an intact doorway.")
    assert level.terrain[HERO] == Terrain.OPEN_DOOR


def bent_corridor():
    """A corridor with a diagonal step in it, and a longer way round."""
    level = Level()
    level.observe(screen("##   ", "  #  ", "  #  ", y=10, x=30), (10, 31))
    return level


def test_who_carries_too_much_does_not_squeeze_between_rocks():
    level = bent_corridor()
    assert level.dist[11, 32] == 1
    level.bump((11, 32), False, "You are carrying too much to get through.")
    assert not level.reachable((11, 32)) and level.reachable((10, 30))
    level.observe(screen("###  ", "  #  ", "  #  ", y=10, x=30), (10, 31))
    assert level.path((11, 32)) == [(11, 32)]  # only one of the two is rock now


@pytest.mark.parametrize(
    "said", ["You stop.  Your kitten is in the way!", "You are caught in a bear trap."]
)
def test_what_passes_blocks_no_square(said):
    level = seen_room()
    for _ in range(200):
        level.bump((10, 33), True, said)
    assert level.reachable((10, 33))


def test_a_boulder_that_does_not_move_blocks_no_square_for_good():
    level, square = seen_room(), (10, 33)
    level.objects[square] = nh.GLYPH_OBJ_OFF + BOULDER
    for _ in range(9):
        level.bump(square, False, "You try to move the boulder, but in vain.")
    level.objects[square] = -1
    level._note_change()
    assert level.reachable(square)


def test_who_hallucinates_goes_round_a_boulder_that_is_not_seen_as_one():
    level = seen_room()
    level.bump((10, 33), False, "You try to move the boulder, but in vain.")
    assert not level.reachable((10, 33))


def test_a_way_that_stays_too_narrow_is_none():
    """What is taken for floor beside it may be rock: a thing lies in it."""
    level, said = seen_room(), "You are carrying too much to get through."
    level.bump((9, 33), False, said)
    assert level.tight and level.reachable((9, 33))
    level.bump((9, 33), False, said)
    assert not level.reachable((9, 33))
