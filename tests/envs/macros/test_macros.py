"""Promises of every macro-action, on the stub; those of one are in a file of its own."""

import numpy as np
import pytest
from helpers.situations import Situation
from helpers.wizard import wizard_game
from hypothesis import given, settings
from hypothesis import strategies as st

from envs.data.glyphs import Terrain
from envs.macros import REGISTRY, describe, make_macros
from envs.macros.base import step
from envs.macros.shoot import _able

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"


def test_every_macro_action_says_what_it_does_and_how_long_it_may_take():
    for name, macro in REGISTRY.items():
        assert macro.name == name and 0 < macro.budget <= 200
        assert len(describe(macro)) > 10 and "\n" not in describe(macro)


def test_macro_actions_come_in_the_order_asked_for():
    assert make_macros(("search", "fight")) == (REGISTRY["search"], REGISTRY["fight"])
    assert [macro.name for macro in make_macros()] == list(REGISTRY)


SETTINGS = st.fixed_dictionaries(
    {
        "hp": st.integers(3, 60),
        "nutrition": st.integers(-50, 1200),
        "prayer_timeout": st.integers(0, 400),
        "pet": st.booleans(),
        "levels": st.integers(1, 3),
    }
)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), SETTINGS, st.data())
def test_every_macro_action_ends_within_its_budget_and_passes_time_at_last(seed, given_, data):
    at = Situation(seed=seed, max_turns=600, **given_)
    rng = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    still, turn = 0, at.world.turn
    for _ in range(60):
        legal = np.flatnonzero(at.env.action_masks())
        name = at.names[rng.choice(legal)]
        played = at.play(name)
        assert 1 <= len(played.keys) <= REGISTRY[name].budget + 101
        if at.env.env.terminated or at.env.env.truncated:
            break
        still = 0 if at.world.turn > turn else still + 1
        turn = at.world.turn
        assert still <= 6
        assert at.known.prompt is None or at.known.prompt.kind == "more"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(list(REGISTRY)))
def test_a_macro_action_played_anywhere_says_nothing_rash(seed, name):
    """Whatever is asked, no peaceful monster is attacked and the dungeon is not left."""
    at = Situation(seed=seed, levels=2, hp=60, max_turns=400)
    rng = np.random.default_rng(seed)
    for _ in range(25):
        legal = at.env.action_masks()
        index = at.names.index(name)
        choice = index if legal[index] else rng.choice(np.flatnonzero(legal))
        played = at.play(at.names[choice])
        assert "gets angry" not in played.said
        if at.env.env.terminated or at.env.env.truncated:
            break
    assert at.world.cause != "escaped"


def test_play_starts_by_clearing_what_is_still_on_the_screen():
    """A question left open by someone else is declined before the first key."""
    at = Situation(ROOM)
    at.press(chr(240))
    assert at.known.prompt is not None
    played = at.play("search")
    assert played.keys[0] == "\x1b" and at.known.prompt is None
    assert at.world.prayer_timeout > 200 and "You begin praying" not in played.said


def corridor(trapped: bool) -> Situation:
    """A pet between the hero and what is to be explored; the hero perhaps on a trap."""
    at = Situation("-------------\n|..@.........|\n-------------", hp=20)
    at.spawn("kitten", 0, 1, pet=True)
    if trapped:
        at.known.level.note_trap(at.known.hero)
    return at


def keys_of_a_step(at: Situation, dx: int) -> str:
    sent = ""
    for key in step(at.known, at.at(0, dx)):
        sent += chr(key)
        at.press(chr(key))
    return sent


def test_a_pet_is_not_put_on_a_trap_by_changing_places_with_it():
    assert keys_of_a_step(corridor(trapped=False), 1) == "l"
    assert keys_of_a_step(corridor(trapped=True), 1) == "s"
    assert keys_of_a_step(corridor(trapped=True), -1) == "h"


def test_who_is_held_by_a_trap_does_not_take_the_squares_around_for_walls():
    """The game says but once what holds the hero (hack.c, u_entered_trap; Norep)."""
    at = corridor(trapped=True)
    square, hero = at.at(0, -1), at.known.hero
    for _ in range(60):
        turn = at.known.stats.turn
        for _ in step(at.known, square):
            at.known.stats = at.known.stats._replace(turn=turn + 1)
        assert at.known.hero == hero and not at.known.level.blocked[square]
    at.known.level.set_terrain(hero, Terrain.FLOOR)
    for _ in range(60):
        turn = at.known.stats.turn
        for _ in step(at.known, square):
            at.known.stats = at.known.stats._replace(turn=turn + 1)
    assert at.known.level.blocked[square]


@pytest.mark.parametrize("character", ["val-hum-neu-fem", "mon-hum-neu-fem"])
def test_a_step_that_took_no_turn_may_have_taken_time(character):
    """The fast, by nature or by a wand, act twice in some turns: a wall is known by two steps that
    fail in one turn.
    """
    at = corridor(trapped=False)
    square = at.at(0, -1)
    at.known.character = character
    for turn in (100, 101, 101):
        assert not at.known.level.blocked[square]
        at.known.stats = at.known.stats._replace(turn=turn)
        for _ in step(at.known, square):
            pass
    assert at.known.level.blocked[square]


def test_one_who_is_held_by_a_trap_and_fast_blocks_nothing_around():
    """A bear trap, and a wand of speed monster."""
    at = corridor(trapped=True)
    square = at.at(0, -1)
    for turn in range(100, 160):
        at.known.stats = at.known.stats._replace(turn=turn)
        for _ in step(at.known, square):
            pass
        if turn % 3:  # a turn goes by with two of three steps
            at.known.stats = at.known.stats._replace(turn=turn + 1)
    assert not at.known.level.blocked[square]


@pytest.mark.nethack
@pytest.mark.parametrize("burden, idle", [(3, False), (4, True), (5, True)])
def test_who_carries_too_much_uses_nothing(burden, idle):
    """ "You can't do that while carrying so much stuff" (hack.c, check_capacity)."""
    at = wizard_game("wiz-hum-neu-mal")
    at.wish("pick-axe")
    at.go_to(5)
    at.create("hostile soldier ant")
    known = at.known
    known.stats = known.stats._replace(burden=burden, hit_points=5, energy=20)
    assert _able(known) != idle  # to throw
    for name in ("cast", "elbereth"):
        assert REGISTRY[name].available(known) != idle, name
    known.level.peace.see([])
    known.stats = known.stats._replace(hit_points=known.stats.max_hit_points)
    assert REGISTRY["dig"].available(known) != idle
