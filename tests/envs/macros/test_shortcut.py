"""Promises of the shortcut: stairs that are nearer than a hole is dug."""

import pytest
from helpers.situations import Situation

from envs.macros import shortcut
from envs.macros.shortcut import CROWD, NEAR, RUN

WIDTH = 40


def diver(monkeypatch, steps: int, depth: int = 8) -> Situation:
    """With a digging tool, so many steps from stairs down."""
    at = Situation("-" * WIDTH + "\n|@" + ("." * (steps - 1) + ">").ljust(WIDTH - 3, ".") + "|\n"
                   + "-" * WIDTH)  # fmt: skip
    monkeypatch.setattr(shortcut, "can_dig", lambda known: True)
    at.known.stats = at.known.stats._replace(depth=depth)
    return at


def test_near_stairs_are_taken(monkeypatch):
    at = diver(monkeypatch, 5)
    assert at.play("shortcut").keys.startswith("lllll>")


def test_a_hole_is_quicker_than_far_stairs(monkeypatch):
    assert not diver(monkeypatch, NEAR + 3).legal("shortcut")


def test_it_is_for_divers_below_the_levels_with_the_mines(monkeypatch):
    assert not diver(monkeypatch, 5, depth=3).legal("shortcut")
    at = diver(monkeypatch, 5)
    monkeypatch.setattr(shortcut, "can_dig", lambda known: False)
    assert not at.legal("shortcut")


def test_not_with_a_foe_beside(monkeypatch):
    at = diver(monkeypatch, 5)
    at.spawn("newt", 0, 1)
    at.known.stats = at.known.stats._replace(depth=8)
    assert not at.legal("shortcut")


@pytest.mark.parametrize("steps, foes, runs", [
    (RUN, CROWD, True), (RUN, CROWD - 1, False), (RUN + 1, CROWD, False),
])  # fmt: skip
def test_a_crowd_is_run_from_if_the_stairs_are_very_near(monkeypatch, steps, foes, runs):
    at = diver(monkeypatch, steps)
    for dx in range(foes):
        at.spawn("wolf", 0, RUN + 2 + dx)
    at.known.stats = at.known.stats._replace(depth=8)
    assert at.legal("shortcut") == runs
