"""Ranges as the command line has them."""

import pytest

from experiments.errors import ConfigError
from experiments.tuning.space import Dimension, parse_space


def test_ranges_are_searched_and_the_rest_is_fixed():
    settings = (
        "agent.learning_rate=log(1e-4,1e-2)", "agent.trace=uniform(0.9, 1)", "train.games=200",
        "agent.epochs=int(1,8)", "agent.hidden=choice([64],[128,128])",
    )  # fmt: skip
    space, fixed = parse_space(settings)
    assert fixed == ("train.games=200",)
    assert space == {
        "agent.learning_rate": Dimension("log", (0.0001, 0.01)),
        "agent.trace": Dimension("uniform", (0.9, 1)),
        "agent.epochs": Dimension("int", (1, 8)),
        "agent.hidden": Dimension("choice", ([64], [128, 128])),
    }


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("agent.c=lgo(1,2)", "unknown range 'lgo'; did you mean 'log'?"),
        ("agent.c=log(1)", r"needs two ends, the lower one first, as in log\(1e-4, 1e-2\)"),
        ("agent.c=log(2,1)", "the lower one first"),
        ("agent.c=log(0,1)", "above 0"),
        ("agent.epochs=int(1,2.5)", "needs two ends"),
        ("agent.c=choice()", "write it as in choice"),
        ("agent.c=1", "nothing to search"),
        ("seed=int(0,3)", "setting 'seed=int.0,3.': a seed is luck, not a setting"),
        ("name=choice(a, b)", "each trial has a name of its own"),
    ],
)
def test_what_is_no_range_is_told(setting, message):
    with pytest.raises(ConfigError, match=message):
        parse_space([setting])


@pytest.mark.parametrize(
    ("dimension", "inside", "outside"),
    [
        (Dimension("log", (0.1, 1)), 1, 2),
        (Dimension("int", (1, 8)), 8, 1.5),
        (Dimension("int", (1, 8)), 1, True),
        (Dimension("choice", ([1], None)), [1], [2]),
    ],
)
def test_a_dimension_knows_what_it_holds(dimension, inside, outside):
    assert dimension.holds(inside)
    assert not dimension.holds(outside)
    assert dimension.read(dimension.written(inside)) == inside
