"""Promises of doors in the real game; more of them are in test_macros.py, on the stub."""

import pytest
from situations import Situation
from wizard import wizard_game

from envs.glyphs import Terrain
from envs.macros import REGISTRY
from envs.progression import DOOM, MINES

LOCKED = "----\n|..L\n|@..\n----"
KICK = "\x04"


@pytest.mark.parametrize("dungeon, kicked", [(DOOM, True), (MINES, False)])
def test_no_door_is_broken_where_watchmen_mind(monkeypatch, dungeon, kicked):
    at = Situation(LOCKED)
    real = type(at.game).update

    def update(game):
        real(game)
        game.stats = game.stats._replace(dungeon=dungeon)

    monkeypatch.setattr(type(at.game), "update", update)
    assert (KICK in at.play("door").keys) == kicked
    assert not at.legal("door")


@pytest.mark.nethack
def test_who_has_no_hands_opens_no_door():
    at = wizard_game()
    at.game.level.terrain[at.game.hero[0], at.game.hero[1] + 1] = Terrain.CLOSED_DOOR
    assert REGISTRY["door"].available(at.game)
    at.game.stats = at.game.stats._replace(monster_level=2)
    assert not REGISTRY["door"].available(at.game)


@pytest.mark.nethack
def test_a_door_that_turns_out_to_be_open_is_remembered_so():
    """A monster in a doorway hides that the door is open."""
    at = wizard_game(seed=1)
    level, (y, x) = at.game.level, at.game.hero
    while not level.where(Terrain.OPEN_DOOR) and at.game.stats.turn < 3_000:
        legal = [n for n in ("fight", "door", "explore", "search") if REGISTRY[n].available(at.game)]
        at.play(legal[0])
    (door, *_) = level.where(Terrain.OPEN_DOOR)
    level.set_terrain(door, Terrain.CLOSED_DOOR)
    for _ in range(10):
        if level.terrain[door] == Terrain.OPEN_DOOR:
            break
        at.play("door")
    assert level.terrain[door] == Terrain.OPEN_DOOR and door not in level.ignored
