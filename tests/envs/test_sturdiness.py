"""Promise: random legal macro-actions play whole real games of every role without a fault."""

from __future__ import annotations

from itertools import cycle, islice, zip_longest

import numpy as np
import pytest

from envs.macro_env import MacroEnv
from envs.macros.driver import MAX_KEYS_PER_COMMAND
from envs.nethack.characters import ROLES, characters

pytestmark = pytest.mark.nethack
FIRST_SEED = 7_000_000  # far from those of other tests and of all configs
MAX_IDLE = 300  # keystrokes in a row without game time passing


def roles_in_turn(count):
    """Characters of one role after another, and of all kinds in the end."""
    by_role = [[c for c in characters() if c.startswith(role)] for role in ROLES]
    mixed = [c for one_of_each in zip_longest(*by_role) for c in one_of_each if c]
    return list(islice(cycle(mixed), count))


def play(character, seed, max_turns):
    """Plays a game to its end, and checks every decision and keystroke of it."""
    env = MacroEnv(character=character, max_turns=max_turns)
    rng = np.random.default_rng(seed)
    _, info = env.reset(seed=seed)
    turn, idle, over = env.known.stats.turn, 0, False
    while not over:
        action = int(rng.choice(np.flatnonzero(info["action_mask"])))
        macro = env.macros[action]
        for _ in env.play(action):
            idle = idle + 1 if env.known.stats.turn == turn else 0
            turn = env.known.stats.turn
            assert idle <= MAX_IDLE, f"{macro.name} passes no time in turn {turn}"
        _, _, terminated, truncated, info = env.result()
        assert 1 <= info["keystrokes"] <= macro.budget + MAX_KEYS_PER_COMMAND + 1, macro.name
        over = terminated or truncated
    env.close()
    assert terminated or info["turns"] >= max_turns, "cut short, but not by its turns"
    assert (info["cause"] is None) == truncated
    return info


@pytest.mark.parametrize(
    "first, count, max_turns",
    [
        pytest.param(0, len(ROLES), 3_000),
        *(pytest.param(at, 50, 20_000, marks=pytest.mark.slow) for at in (0, 50, 100, 150)),
    ],
)
def test_random_legal_macro_actions_play_whole_games(first, count, max_turns):
    """200 games in all: no exception, no macro-action over its budget, no standstill."""
    for known, character in enumerate(roles_in_turn(first + count)[first:], start=first):
        play(character, FIRST_SEED + known, max_turns)


def test_every_role_is_among_the_games():
    assert {character[:3] for character in roles_in_turn(len(ROLES))} == set(ROLES)
    assert set(roles_in_turn(200)) == set(characters())
