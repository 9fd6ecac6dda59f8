"""Promises of the stub's levels, generated and drawn."""

from __future__ import annotations

import numpy as np
import pytest

from envs.stub.env import Stub


@pytest.mark.parametrize("seed", range(25))
def test_generated_stairs_can_be_reached(seed):
    env = Stub()
    env.reset(seed=seed)
    for level in env.world.levels[:-1]:
        for square, terrain in level.hidden.items():
            level.terrain[square] = terrain
        closed = {15, 16}
        start, goal = level.find(23), level.find(24)
        reached, queue = {start}, [start]
        while queue:
            square = queue.pop()
            for step in (-79, -1, 1, 79):
                near = square + step
                walkable = level.terrain[near] in {12, 13, 14, 19, 21, 23, 24} | closed
                if walkable and near not in reached:
                    reached.add(near)
                    queue.append(near)
        assert goal in reached
    assert env.world.levels[-1].find(24) is None


def test_generated_levels_have_every_kind_of_door():
    doors, locked, hidden = set(), 0, 0
    for seed in range(10):
        env = Stub()
        env.reset(seed=seed)
        for level in env.world.levels:
            doors |= set(level.terrain) & {12, 13, 14, 15, 16}
            locked += len(level.locked)
            hidden += len(level.hidden)
    assert doors == {12, 13, 14, 15, 16} and locked and hidden


def test_random_keys_do_not_finish_the_dungeon():
    rng = np.random.default_rng(0)
    env = Stub(max_keystrokes=1000)
    env.reset(seed=0)
    keys = [ord(key) for key in "hjklyubns> "]
    while not env.press(int(rng.choice(keys))):
        pass
    assert env.outcome().max_depth < 5


@pytest.mark.parametrize(
    "drawing, words",
    [("|Q@|", "unknown letter 'Q'"), ("...", "'@' or a '<'"), ("@" + "." * 90, "at most 19 rows")],
)
def test_a_bad_drawing_is_explained_at_once(drawing, words):
    with pytest.raises(ValueError, match=words):
        Stub(maps=[drawing])
