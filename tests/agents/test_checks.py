"""Checks of values: what is valid passes, and a message stays short whatever was given."""

import pytest

from agents.checks import check_choice, check_range, shown


def test_the_ends_of_a_range_are_valid_unless_it_is_open():
    for value in (0.0, 1.0):
        check_range("rate", value, 0, 1)
    check_range("rate", 1.0, 0, 1, open_below=True)
    with pytest.raises(ValueError, match="above 0 up to 1, got 0"):
        check_range("rate", 0.0, 0, 1, open_below=True)


@pytest.mark.parametrize(
    "value", ["x" * 10_000, 10**1000, {"x" * 1000}, [[[[["x" * 30] * 100] * 100] * 100] * 100]]
)
def test_a_long_value_is_shown_shortened(value):
    assert len(shown(value)) < 1000
    assert "..." in shown(value)


def test_what_is_shown_of_a_short_value_is_all_of_it():
    for value in ("x" * 100, 10**30, [[1, 2]], None):
        assert shown(value) == repr(value)


def test_a_name_without_end_is_refused_at_once():
    with pytest.raises(ValueError, match=r"unknown agent 'x+\.\.\.x+': Valid: ucb$"):
        check_choice("agent", "x" * 10_000_000, ["ucb"])
