"""Games in other processes: a death among them is told, and everything else is as in one."""

import os

import pytest

from experiments.config.models import load
from experiments.errors import RunError
from experiments.training.parallel import play_games


class Deadly:
    """Takes its process with it."""

    learns_online = False
    rng = None

    def act(self, state):
        os._exit(1)


def test_a_process_that_dies_is_told_with_the_games_it_may_have_played(stub_config):
    with pytest.raises(RunError, match=r"a process died .* seeds 3 to 6"):
        list(play_games(load(stub_config), Deadly(), range(3, 7), True, 2))


def test_games_that_a_dying_process_left_are_played_anew_with_the_same_result(
    stub_config, tmp_path
):
    class DeadlyOnce:
        learns_online = False
        rng = None

        def act(self, state):
            try:
                (tmp_path / "died").touch(exist_ok=False)
            except FileExistsError:
                return int(state.action_mask.nonzero()[0][0])
            os._exit(1)

    config = load(stub_config)
    again, at_once = (
        [e.row | {"seconds": 0} for e in play_games(config, DeadlyOnce(), range(3, 7), True, 2)]
        for _ in range(2)
    )
    assert again == at_once
    assert [row["seed"] for row in again] == [3, 4, 5, 6]


def test_a_game_that_fails_in_another_process_is_named(stub_config):
    class Clumsy(Deadly):
        def act(self, state):
            raise KeyError("a bug")

    with pytest.raises(RunError, match=r"the game with seed 3 failed: KeyError\('a bug'\)"):
        list(play_games(load(stub_config), Clumsy(), range(3, 4), True, 2))
