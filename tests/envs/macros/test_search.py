"""Promises of searching; where it looks first is in test_paths.py."""

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.knowledge.exploring import ROOM_TO_PASS
from envs.macros.search import _open_place

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"

BARRED = "-------\n|.....|\n|.....O@#\n|.....|\n-------"


def barred(name: str) -> Situation:
    """In a doorway's corridor, the way on barred by a monster that must not be hit."""
    at = Situation(BARRED)
    at.play_while_legal("explore")
    y, x = at.at(0, 1)
    (species,) = species_named(name)
    at.known.observation["glyphs"][y, x] = nh.GLYPH_MON_OFF + species
    at.known.update()
    return at


def test_what_moves_is_lured_to_where_it_can_be_passed():
    at = barred("floating eye")
    level, (y, x) = at.known.level, at.at(0, 1)
    level.seen[y - 1 : y + 2, x + 1] = False  # there is more to see behind it
    place = _open_place(at.known)
    assert place is not None
    y, x = place
    around = level.terrain[y - 1 : y + 2, x - 1 : x + 2]
    assert (around == level.terrain[place]).sum() - 1 >= ROOM_TO_PASS


def test_what_never_moves_is_not_waited_for():
    assert _open_place(barred("blue jelly").known) is None


@pytest.mark.parametrize(
    "drawing",
    [
        "-------\n|.....|\n|..@..S###\n|.....|\n-------",
        "-----\n|.@.O####s###\n-----",
        "-----\n|.@.|\n--S--\n  #\n  ##",
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_search_finds_what_is_hidden(drawing, seed):
    """15 turns beside it miss it with probability (6/7)^15 < 0.1; it also has to be beside it."""
    at = Situation(drawing, seed=seed)
    at.play_while_legal("explore")
    for _ in range(30):
        at.play("search")
        if not at.world.level.hidden:
            return
    pytest.fail("nothing was found")


def test_search_takes_its_turns_and_remembers_where():
    at = Situation(ROOM)
    turn = at.world.turn
    at.play("search")
    y, x = at.known.hero
    assert at.world.turn >= turn + 15
    assert at.known.level.searched[y - 1 : y + 2, x - 1 : x + 2].min() >= 15


def test_search_is_always_legal():
    for drawing in (ROOM, "---\n|@|\n---", "@"):
        assert Situation(drawing).legal("search")
        Situation(drawing).play("search")
