"""An agent may start from another one's checkpoint if the settings that are `fixed` agree."""

from typing import Literal, get_args, get_origin

import numpy as np
import pytest

import agents
from agents import checkpoint
from agents.settings import Setting

SIZES = (4, 3, 2)  # actions, contexts, features
OTHERS = {  # settings that no rule below finds another value for
    "lesson_memory": 5,
    "prior_half_life": 2.0,
    "learning_rate_half_life": 2.0,
    "decay_decisions": 7,
    "final_epsilon": 0.5,
}
TOGETHER = {"decay_decisions": {"final_epsilon": 0.5}, "final_epsilon": {"decay_decisions": 7}}


def other_value(setting: Setting):
    """Returns a value that a setting may have besides its default, or None."""
    if setting.name in OTHERS:
        return OTHERS[setting.name]
    kind = next(option for option in setting.options if option is not type(None))
    if get_origin(kind) is Literal:
        return next((v for v in get_args(kind) if v not in (setting.default, "torch")), None)
    if kind is bool:
        return not setting.default
    if kind in (int, float):
        middle = kind(max(setting.low, 0) + 1)
        return middle if middle != setting.default and middle <= setting.high else None
    return None


FREE = [
    (name, key, value)
    for name in agents.REGISTRY
    for key, setting in agents.settings_of(name).items()
    if not setting.fixed and (value := other_value(setting)) is not None
]


def test_many_settings_are_tried():
    assert len(FREE) > 25


@pytest.mark.parametrize(("name", "key", "value"), FREE)
def test_settings_that_are_not_fixed_may_differ(tmp_path, name, key, value):
    theirs = agents.make(name, *SIZES, rng=np.random.default_rng(0))
    theirs.save(tmp_path / "theirs")
    chosen = {key: value, **TOGETHER.get(key, {})}
    ours = agents.make(name, *SIZES, rng=np.random.default_rng(1), **chosen)
    agents.start(ours, tmp_path / "theirs")
    ours.save(tmp_path / "ours")
    before, after = (checkpoint.load(tmp_path / who)[1] for who in ("theirs", "ours"))
    assert before.keys() & after.keys()
    for array in before.keys() & after.keys():
        assert np.array_equal(before[array], after[array])


@pytest.mark.parametrize("name", ["random", "priority"])
def test_there_is_nothing_to_start_from_where_nothing_is_learned(tmp_path, name):
    agents.make(name, *SIZES).save(tmp_path)
    with pytest.raises(ValueError, match=f"'{name}' learns nothing"):
        agents.start(agents.make(name, *SIZES), tmp_path)


def test_arrays_of_another_shape_are_refused_and_nothing_changes(tmp_path):
    agents.make("ucb", 5, *SIZES[1:]).save(tmp_path)
    ours = agents.make("ucb", *SIZES)
    with pytest.raises(ValueError, match="expected"):
        agents.start(ours, tmp_path)
