"""Promises of the one macro-action that attacks the peaceful on purpose."""

import pytest
from helpers.wizard import WizardGame, wizard_game

from envs.knowledge.hunt import LATE
from envs.macros import REGISTRY

pytestmark = pytest.mark.nethack
MUG = REGISTRY["mug"]


def beside_a_dwarf(monster: str = "peaceful dwarf") -> WizardGame:
    """A Valkyrie who knows that the monster beside her is peaceful, late enough for the Mines."""
    at = wizard_game("val-hum-neu-fem", seed=1)
    at.create(monster)
    for known in at.known.level.monsters:
        if at.known.adjacent(known.square) and not known.pet:
            at.known.level.peace.mark_peaceful(known.square)
    at.known.stats = at.known.stats._replace(turn=LATE + 1)
    return at


def test_a_peaceful_dwarf_is_attacked_with_a_yes_and_is_an_enemy_then():
    at = beside_a_dwarf()
    keys = at.play("mug")
    assert any("Really attack" in text for text in at.said) and "y" in keys
    assert not any(monster.peaceful for monster in at.known.level.monsters)


@pytest.mark.parametrize("monster", ["peaceful gnome", "peaceful watchman"])
def test_nobody_else_is(monster):
    assert not MUG.available(beside_a_dwarf(monster).known)


def test_nobody_is_in_sight_of_a_watchman():
    at = beside_a_dwarf()
    assert MUG.available(at.known)
    at.create("peaceful watchman")
    at.known.stats = at.known.stats._replace(turn=LATE + 1)
    assert not MUG.available(at.known)


def test_it_is_for_who_misses_a_tool_and_is_well():
    at = beside_a_dwarf()
    stats = at.known.stats
    at.known.stats = stats._replace(hit_points=stats.max_hit_points // 2)
    assert not MUG.available(at.known)
    at.known.stats = stats._replace(turn=1, hit_points=8, max_hit_points=8)
    assert not MUG.available(at.known)
    at.known.stats = stats
    assert MUG.available(at.known)
    at.wish("uncursed pick-axe")
    at.known.stats = at.known.stats._replace(turn=LATE + 1)
    assert not MUG.available(at.known)
