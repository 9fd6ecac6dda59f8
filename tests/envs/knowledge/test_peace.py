"""Promises of who is taken for peaceful."""

from helpers.room import HERO, room, seen_room
from helpers.screens import cmap, monster, screen

from envs.data.glyphs import species_named
from envs.knowledge.level import Level


def test_a_peaceful_monster_stays_peaceful_where_it_goes():
    glyphs = room()
    glyphs[9, 33] = monster("gnome")
    level = seen_room(glyphs)
    level.peace.mark_peaceful((9, 33))
    assert [m.hostile for m in level.monsters] == [False]
    for before, after in (((9, 33), (9, 34)), ((9, 34), (10, 35)), ((10, 35), (11, 34))):
        glyphs[before], glyphs[after] = cmap("."), monster("gnome")
        level.observe(glyphs, HERO)
        assert [(m.square, m.peaceful) for m in level.monsters] == [(after, True)]


def test_peace_is_not_catching():
    """Another kind beside it, and the same kind far off, are still hostile."""
    glyphs = room()
    glyphs[9, 31], glyphs[9, 32] = monster("gnome"), monster("jackal")
    level = seen_room(glyphs)
    level.peace.mark_peaceful((9, 31))
    glyphs[11, 35] = monster("gnome")
    level.observe(glyphs, HERO)
    assert {m.square: m.hostile for m in level.monsters} == {
        (9, 31): False, (9, 32): True, (11, 35): True,
    }  # fmt: skip


def test_a_peaceful_monster_is_still_known_after_it_was_out_of_view():
    glyphs = room()
    glyphs[9, 33] = monster("gnome")
    level = seen_room(glyphs)
    level.peace.mark_peaceful((9, 33))
    level.observe(room(), HERO)
    level.observe(glyphs, HERO)
    assert [m.peaceful for m in level.monsters] == [True]


def test_kin_are_taken_for_peaceful_until_they_attack():
    (gnome,) = species_named("gnome")
    level = Level(frozenset({gnome}))
    glyphs = screen("....", y=5, x=5)
    glyphs[5, 7] = monster("gnome")
    level.observe(glyphs, (5, 5))
    assert not level.monsters[0].hostile
    level.peace.distrust(gnome)
    assert level.monsters[0].hostile
