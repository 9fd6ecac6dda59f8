"""Games in other processes: a death among them is told, and everything else is as in one."""

import os

import pytest

from experiments.config import load
from experiments.errors import RunError
from experiments.parallel import play_games


class Deadly:
    """Takes its process with it."""

    learns_online = False
    rng = None

    def act(self, state):
        os._exit(1)


def test_a_process_that_dies_is_told_with_the_games_it_may_have_played(stub_config):
    with pytest.raises(RunError, match=r"a process died .* seeds 3 to 6"):
        list(play_games(load(stub_config), Deadly(), range(3, 7), True, 2))


def test_a_game_that_fails_in_another_process_is_named(stub_config):
    class Clumsy(Deadly):
        def act(self, state):
            raise KeyError("a bug")

    with pytest.raises(RunError, match=r"the game with seed 3 failed: KeyError\('a bug'\)"):
        list(play_games(load(stub_config), Clumsy(), range(3, 4), True, 2))
