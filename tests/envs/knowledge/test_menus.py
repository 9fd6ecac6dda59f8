"""Promises of the menu reader, on screens of NetHack 3.6.7 as text."""

import numpy as np
import pytest

from envs.knowledge.menus import read_menu

PICK_UP = """\
                                         Pick up what?

   ------------------------              Coins
   |......................|              $ - 24 gold pieces
   |......................|              Weapons
   |......@...............|              a - a dagger
   |......................|              b + 12 arrows
   ------------------------              Comestibles
                                         c - 3 uncursed food rations
                                         (end)
   |......|"""
FIRST_PAGE = """\
 Pick up what?

 Armor
 a - an orcish helm
 Comestibles
 B - a lichen corpse
 (1 of 2)"""
THINGS_HERE = """\
                                         Things that are here:
                                         a food ration
                                         24 gold pieces
                                         --More--"""


def terminal(text):
    rows = [row.ljust(80)[:80] for row in text.split("\n")]
    rows += [" " * 80] * (24 - len(rows))
    return np.array([list(row.encode("latin-1")) for row in rows], np.uint8)


def test_a_menu_beside_the_map():
    assert [tuple(line) for line in read_menu(terminal(PICK_UP)).lines] == [
        ("$", "Coins", "24 gold pieces"),
        ("a", "Weapons", "a dagger"),
        ("b", "Weapons", "12 arrows"),
        ("c", "Comestibles", "3 uncursed food rations"),
    ]


def test_a_page_of_a_long_menu():
    assert [tuple(line) for line in read_menu(terminal(FIRST_PAGE)).lines] == [
        ("a", "Armor", "an orcish helm"),
        ("B", "Comestibles", "a lichen corpse"),
    ]


def test_a_list_or_a_plain_map_is_no_menu():
    assert read_menu(terminal(THINGS_HERE)).lines == []
    assert read_menu(terminal("")).lines == []


@pytest.mark.parametrize(
    ("footer", "more"),
    [("(1 of 2)", True), ("(2 of 2)", False), ("(2 of 3)", True), ("(end)", False)],
)
def test_a_menu_tells_whether_it_goes_on(footer, more):
    assert read_menu(terminal(FIRST_PAGE.replace("(1 of 2)", footer))).more == more


def test_a_heading_holds_on_the_next_page():
    """A long menu may break right after a heading."""
    page = read_menu(terminal("a - a pick-axe\n(2 of 2)"), heading="Tools")
    assert page.lines[0].heading == page.heading == "Tools"
