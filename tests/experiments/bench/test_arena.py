"""Promises of the bench against the public arena, which is not installed with the project."""

import importlib.util

import pytest

from experiments.bench import arena, autoascend
from experiments.errors import UserError

without = pytest.mark.skipif(
    importlib.util.find_spec("nethackers") is not None, reason="the arena is installed"
)


@without
def test_without_the_arena_it_says_what_to_install():
    assert autoascend.folder() is None and autoascend.trial(iter(range(3)), 10) is None
    with pytest.raises(UserError, match="nethackers"):
        arena.play(None, range(1), arena.ANY_CHARACTER, 1)


def test_a_folder_without_a_bot_is_refused(tmp_path):
    with pytest.raises(UserError, match="yendor export"):
        arena._folder(str(tmp_path))


def test_points_come_from_the_last_line_of_the_log(tmp_path):
    class Knowledge:
        _vardir = str(tmp_path)

    assert arena._points(Knowledge) == 0
    (tmp_path / "xlogfile").write_text("points=1\tdeath=a\npoints=345\tdeath=killed by a newt\n")
    assert arena._points(Knowledge) == 345
