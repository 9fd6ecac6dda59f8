"""Promises of ways through rock, in the real game and on drawn maps."""

import numpy as np
import pytest
from helpers.screens import screen
from helpers.wizard import WizardGame, wizard_game

from envs.data.glyphs import Terrain
from envs.knowledge.level import Level
from envs.knowledge.paths import Square
from envs.knowledge.peace import Monster
from envs.knowledge.tunnels import _WATCH, _costs, _quickest, block_beyond, tunnel
from envs.macros import REGISTRY, mines
from envs.macros import tunnel as through_rock

CLIMB = REGISTRY["climb"]
BARRED = ("---------", "|..|...<|", "---------")


def deep(character: str, seed: int) -> WizardGame:
    at = wizard_game(character, seed)
    at.go_to(5)
    return at


def calm(at: WizardGame) -> bool:
    return not at.known.hostiles and 10 < at.known.hero[1] < 68


def lost(monkeypatch, character: str = "arc-hum-neu-mal") -> WizardGame:
    """With a pick-axe, where the way leads up, on a level of which only this much is known."""
    at = next(game for game in (deep(character, seed) for seed in range(20)) if calm(game))
    monkeypatch.setattr(mines, "wants_up", lambda known: True)
    level = at.known.level
    level.terrain[:] = Terrain.UNKNOWN
    level.seen[:] = True
    level.set_terrain(at.known.hero, Terrain.FLOOR)
    return at


def beyond_the_walls(at: WizardGame) -> Square:
    """A place in the rock, so far away that no room reaches there."""
    y, x = at.known.hero
    return y, x + 8 if x < 60 else x - 8


@pytest.mark.nethack
def test_known_stairs_without_a_way_are_dug_to(monkeypatch):
    at = lost(monkeypatch)
    assert not CLIMB.available(at.known)  # no stairs are known, and nothing is unseen
    stairs = beyond_the_walls(at)
    at.known.level.set_terrain(stairs, Terrain.STAIRS_UP)
    for _ in range(60):
        if at.known.adjacent(stairs):
            break
        at.play(CLIMB)
    assert at.known.adjacent(stairs)  # which are not there in fact


@pytest.mark.nethack
def test_who_knows_no_stairs_digs_to_what_is_unseen(monkeypatch):
    at = lost(monkeypatch)
    y, x = beyond_the_walls(at)
    at.known.level.seen[y - 3 : y + 4, x - 3 : x + 4] = False
    at.known.level._note_change()
    before = (~at.known.level.seen).sum()
    for _ in range(60):
        if at.known.level.frontier is not None or not CLIMB.available(at.known):
            break
        at.play(CLIMB)
    assert (~at.known.level.seen).sum() < before


@pytest.mark.nethack
def test_who_is_teleported_while_digging_stops(monkeypatch):
    at = lost(monkeypatch)
    at.known.level.set_terrain(beyond_the_walls(at), Terrain.STAIRS_UP)

    def cut_and_vanish(known, square):
        known.level.set_terrain(square, Terrain.FLOOR)
        known.hero = (known.hero[0], 79 - known.hero[1])
        yield from ()

    monkeypatch.setattr(through_rock, "_cut", cut_and_vanish)
    assert list(CLIMB.play(at.known)) == []


@pytest.mark.nethack
@pytest.mark.parametrize("missing", ["tool", "peace"])
def test_nothing_is_dug_without_a_tool_or_where_there_is_a_shop(monkeypatch, missing):
    at = lost(monkeypatch, "val-hum-neu-fem" if missing == "tool" else "arc-hum-neu-mal")
    at.known.level.set_terrain(beyond_the_walls(at), Terrain.STAIRS_UP)
    assert CLIMB.available(at.known) == (missing != "tool")
    if missing == "peace":
        at.known.level.shop = {at.known.hero}
    assert not CLIMB.available(at.known) and not tunnel(at.known)


@pytest.mark.nethack
@pytest.mark.parametrize("sight", [Terrain.OPEN_DOOR, Terrain.CLOSED_DOOR, Terrain.FURNITURE])
def test_in_minetown_only_who_can_do_nothing_else_digs_and_unseen(monkeypatch, sight):
    """Its watch arrests who is seen to; doors, fountains and altars tell a town."""
    at = lost(monkeypatch)
    level = at.known.level
    level.set_terrain(beyond_the_walls(at), Terrain.STAIRS_UP)
    assert tunnel(at.known)
    level.seen[2, 2] = False
    level.set_terrain((2, 2), sight)
    assert tunnel(at.known) == [] if level.frontier is not None else tunnel(at.known)
    level.seen[:] = True
    level.set_terrain((2, 2), sight)
    assert level.frontier is None and tunnel(at.known)
    level.peace.see([Monster(2, 3, min(_WATCH), False, True)])
    assert not tunnel(at.known)


def known_level(*rows: str) -> Level:
    level = Level()
    level.observe(screen(*rows, y=5, x=5), (6, 6))
    return level


def way_to_stairs(level: Level) -> list[Square]:
    return _quickest(level, level.terrain == Terrain.STAIRS_UP)


def test_the_way_leads_straight_through_the_wall_and_around_traps():
    assert way_to_stairs(known_level(*BARRED)) == [
        (6, 7),
        (6, 8),
        (6, 9),
        (6, 10),
        (6, 11),
        (6, 12),
    ]
    trapped = known_level("---------", "|..|.^.<|", "---------")
    way = way_to_stairs(trapped)
    assert (6, 10) not in way and way[-1] == (6, 12)
    assert all(abs(a - c) + abs(b - d) == 1 for (a, b), (c, d) in zip(way, way[1:], strict=False))


def test_what_was_found_too_hard_and_the_edges_of_the_map_are_left_alone():
    level = known_level(*BARRED)
    level.block((6, 8))
    assert (6, 8) not in way_to_stairs(level)
    costs = _costs(level)
    assert not costs[:2].any() and not costs[:, :2].any() and not costs[-2:].any()
    level.block((5, 7))
    level.blocked[:] = True
    assert way_to_stairs(level) == []


@pytest.mark.parametrize("start, hard, then", [
    ((6, 7), (6, 8), []), ((6, 12), (6, 11), []), ((5, 9), (4, 9), "the same"),
])  # fmt: skip
def test_beyond_what_is_too_hard_all_rock_is(start, hard, then):
    """On the other side of it, and no rock in front."""
    level = known_level(*BARRED)
    before = way_to_stairs(level)
    block_beyond(level, start, hard)
    assert way_to_stairs(level) == (before if then else then)
    assert not level.blocked[6, 6] and not level.blocked[6, 12]


def test_walking_is_cheaper_than_digging():
    """Eight steps around rather than one square of rock."""
    level = known_level("---------", "|.......|", "|.-----.|", "|.......|", "---------")
    level.hero = (8, 8)
    level._note_change()
    goal = np.zeros_like(level.seen)
    goal[6, 8] = True
    assert _quickest(level, goal) == [(6, 8)]
