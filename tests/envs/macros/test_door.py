"""Promises of doors in the real game; more of them are in test_macros.py, on the stub."""

import pytest
from helpers.situations import Situation
from helpers.wizard import wizard_game

from envs.data.glyphs import Terrain
from envs.macros import REGISTRY
from envs.macros.door import _reads_closed
from envs.nethack.dungeons import DOOM, MINES

LOCKED = "----\n|..L\n|@..\n----"
KICK = "\x04"


@pytest.mark.parametrize("dungeon, kicked", [(DOOM, True), (MINES, False)])
def test_no_door_is_broken_where_watchmen_mind(monkeypatch, dungeon, kicked):
    at = Situation(LOCKED)
    real = type(at.known).update

    def update(known):
        real(known)
        known.stats = known.stats._replace(dungeon=dungeon)

    monkeypatch.setattr(type(at.known), "update", update)
    assert (KICK in at.play("door").keys) == kicked
    assert not at.legal("door")


@pytest.mark.nethack
def test_who_has_no_hands_opens_no_door():
    at = wizard_game()
    at.known.level.terrain[at.known.hero[0], at.known.hero[1] + 1] = Terrain.CLOSED_DOOR
    assert REGISTRY["door"].available(at.known)
    at.known.stats = at.known.stats._replace(monster_level=2)
    assert not REGISTRY["door"].available(at.known)


def test_a_door_that_turns_out_to_be_open_is_remembered_so():
    """A monster in a doorway hides that the door is open."""
    at = Situation("------\n|.@..O\n------")
    (door,) = at.known.level.where(Terrain.OPEN_DOOR)
    at.known.level.set_terrain(door, Terrain.CLOSED_DOOR)
    assert "already open" in at.play("door").said
    assert at.known.level.terrain[door] == Terrain.OPEN_DOOR and door not in at.known.level.ignored


@pytest.mark.parametrize("text, left_alone", [
    ("Closed for inventory", True), ("Closec for in? n?ory", True), ("Elbereth", False),
])  # fmt: skip
def test_a_closed_shop_is_known_by_what_is_left_of_the_words(text, left_alone):
    at = Situation(LOCKED)
    at.known.messages.append(f'You read: "{text}".')
    assert _reads_closed(at.known) == left_alone
