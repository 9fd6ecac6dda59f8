"""Promises of the memory of traps that are known by who lies dead on them."""

import numpy as np
import pytest
from helpers.room import HERO, room, seen_room
from helpers.screens import cmap, corpse
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.victims import DEEPEST, shun_victims
from envs.nethack.dungeons import DOOM, MINES

HEAP = (10, HERO[1] + 2)


def seen(dead, heap=True, bare_before=False, dungeon=DOOM, depth=1):
    """A level on which such a corpse lies two squares from the hero."""
    glyphs = room()
    if not bare_before:
        glyphs[HEAP] = corpse(dead)
    level = seen_room(glyphs)
    glyphs[HEAP] = corpse(dead)
    level.observe(glyphs, HERO)
    specials = np.zeros(level.piles.shape, np.uint8)
    specials[HEAP] = nh.MG_OBJPILE * heap
    level.note_piles(specials)
    shun_victims(level, dungeon, depth)
    return level


@pytest.mark.parametrize("dead", ["human", "elf", "orc", "gnome", "dwarf"])
@pytest.mark.parametrize("depth", [1, DEEPEST])
def test_whoever_lay_dead_on_his_things_when_the_hero_came_lies_on_a_trap(dead, depth):
    assert seen(dead, depth=depth).kind_at(HEAP) == Terrain.DEADLY_TRAP


@pytest.mark.parametrize("other", [
    {"dead": "newt"}, {"dead": "hill orc"},  # no victims of mktrap's
    {"heap": False},  # those have things with them
    {"bare_before": True},  # somebody died there since
    {"depth": DEEPEST + 1},
    {"dead": "dwarf", "dungeon": MINES}, {"dead": "gnome", "dungeon": MINES},
])  # fmt: skip
def test_other_dead_are_no_sign_of_a_trap(other):
    assert seen(**{"dead": "human"} | other).kind_at(HEAP) == Terrain.FLOOR


def test_strangers_in_the_mines_are():
    assert seen("human", dungeon=MINES, depth=3).kind_at(HEAP) == Terrain.DEADLY_TRAP


def test_ways_lead_around_it_and_end_nowhere_else():
    level = seen("human")
    beyond = (HEAP[0], HEAP[1] + 1)
    assert not level.reachable(HEAP) and HEAP not in level.path(beyond)


def test_once_the_square_is_bare_what_it_shows_counts():
    level = seen("human")
    glyphs = room()
    glyphs[HEAP] = cmap(".")
    level.observe(glyphs, HERO)
    level.note_piles(np.zeros(level.piles.shape, np.uint8))
    shun_victims(level, DOOM, 1)
    assert level.kind_at(HEAP) == Terrain.FLOOR
