"""Lists, ranges and seeds as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.errors import UserError
from experiments.suites.points import grid, label, parse_seeds, seeds_of, values_of


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ([0.1, 0.5], [0.1, 0.5]),
        (["none", "situation"], ["none", "situation"]),
        ({"low": 0.1, "high": 0.3, "steps": 3}, [0.1, 0.2, 0.3]),
        ({"low": 1, "high": 9, "steps": 3}, [1, 5, 9]),
        ({"low": 0.0001, "high": 0.01, "steps": 3, "log": True}, [0.0001, 0.001, 0.01]),
        ({"low": 1, "high": 2, "steps": 3}, [1.0, 1.5, 2.0]),
    ],
)
def test_lists_and_ranges_are_values(given, values):
    assert values_of(given) == values
    assert [type(value) for value in values_of(given)] == [type(value) for value in values]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "must be a list or a range"),
        (0.1, "must be a list or a range"),
        ({"low": 1, "high": 2, "step": 3}, "unknown key 'step' of a range; did you mean 'steps'?"),
        ({"low": 2, "high": 1, "steps": 3}, "low < high"),
        ({"low": 1, "high": 2, "steps": 1}, "at least 2"),
        ({"low": 1, "high": 2}, "needs steps"),
        ({"low": 0, "high": 2, "steps": 3, "log": True}, "needs low > 0"),
    ],
)
def test_what_is_no_range_is_told(given, message):
    with pytest.raises(ValueError, match=message):
        values_of(given)


@pytest.mark.parametrize(("text", "seeds"), [("3", [0, 1, 2]), ("0,3,7", [0, 3, 7]), ("5,", None)])
def test_seeds_are_a_number_or_a_list(text, seeds):
    if seeds is None:
        with pytest.raises(UserError, match="write how many, as in 5, or which, as in 0,3,7"):
            parse_seeds(text)
    else:
        assert parse_seeds(text) == seeds


@pytest.mark.parametrize("given", [0, -1, True, "3", [], [1, 1], [-1], [2**31], [0.5]])
def test_what_are_no_seeds_is_told(given):
    with pytest.raises(ValueError):
        seeds_of(given)


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(), min_size=1, max_size=4)))
def test_a_grid_has_every_combination(sweep):
    size = 1
    for values in sweep.values():
        size *= len(values)
    assert len(grid(sweep)) == size


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ({"agent.c": 0.5, "env.character": "mon-hum-neu-mal"}, "c=0.5-character=mon-hum-neu-mal"),
        ({"agent.games": 3, "train.games": 4}, "agent.games=3-train.games=4"),
        ({"agent.hidden": [64, 64]}, "hidden=64,64"),
        ({"env.character": "@"}, "character=@"),
    ],
)
def test_a_point_has_a_name_fit_for_a_folder(point, told):
    assert label(point, point) == told
