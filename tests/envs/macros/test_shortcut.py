"""Promises of the shortcut: stairs that are nearer than a hole is dug."""

from helpers.situations import Situation

from envs.macros import shortcut
from envs.macros.shortcut import NEAR

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
