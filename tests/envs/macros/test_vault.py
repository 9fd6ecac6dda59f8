"""Promises of leaving with a vault's guard, in the real game."""

import pytest
from helpers.wizard import wizard_game
from nle import nethack as nh

from envs.data.glyphs import species_named
from envs.macros import REGISTRY, vault

pytestmark = pytest.mark.nethack
VAULT = REGISTRY["vault"]


def test_vault_wants_a_guard_in_view():
    assert not VAULT.available(wizard_game().known)


def with_a_guard(monkeypatch, *things):
    """A newt plays the guard: guards can't be created."""
    monkeypatch.setattr(vault, "GUARDS", species_named("newt"))
    at = wizard_game()
    for thing in things:
        at.wish(thing)
    at.create("peaceful newt")
    (guard,) = [m for m in at.known.level.monsters if m.name == "newt"]
    at.known.level.peace.mark_peaceful(guard.square)
    return at, guard


def test_nobody_waits_for_a_guard_whom_he_angered(monkeypatch):
    at, guard = with_a_guard(monkeypatch)
    assert VAULT.available(at.known)
    at.known.level.peace.mark_hostile(guard.square)
    assert not VAULT.available(at.known)


def test_gold_is_dropped_and_the_guard_is_followed_for_a_while(monkeypatch):
    at, _ = with_a_guard(monkeypatch, "100 gold pieces")
    assert at.known.stats.gold
    keys = at.play("vault")
    assert keys.startswith("d$") and not at.known.stats.gold
    assert at.known.level.ignored  # where it lies now, it stays
    assert "F" not in keys and len(keys) <= VAULT.budget + 100
    assert not any(item.oclass == nh.COIN_CLASS for item in at.known.inventory)


def test_the_passage_that_was_shut_is_tried_again(monkeypatch):
    """The guard opens a passage in solid rock: what could not be entered before may be open now."""
    at, _ = with_a_guard(monkeypatch)
    (y, x), level = at.known.hero, at.known.level
    level.block((y, x + 1))
    at.play("vault")
    assert not level.blocked[y, x + 1]
