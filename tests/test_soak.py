"""A short form of `python -m soak`; and that it notices what it looks for."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_a_day_of_use_in_short():
    done = subprocess.run(
        [sys.executable, "-m", "soak", "--stub", "--hours", "0.005", "--every", "1"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("every promise held\n")


@pytest.fixture
def looks():
    """Two hours in which nothing grows."""
    from soak.samples import Sample

    return [
        Sample(10.0 * n, 10 * n, 400.0, 250.0, 140.0, 23, 5, 3, 1 + n % 2, n % 2, 1e4)
        for n in range(1, 721)
    ]


def broken(looks):
    from soak.promises import promises

    return [promise.name for promise in promises(looks, 10.0) if not promise.held]


def test_nothing_that_grows_is_nothing_to_tell(looks):
    assert broken(looks) == []


@pytest.mark.parametrize("name", ["descriptors", "threads", "processes", "folders", "partials"])
def test_what_is_not_given_back_is_noticed(looks, name):
    late = [replace(one, **{name: getattr(one, name) + 1}) for one in looks[500:]]
    assert broken(looks[:500] + late) == [name]


def test_memory_that_grows_by_more_than_the_rows_is_noticed(looks):
    # 0.1 MB for each look: 36 MB in an hour, in which 3,600 games make rows.
    grown = [replace(one, resident=400 + 0.1 * n) for n, one in enumerate(looks)]
    assert broken(grown) == ["memory"]


def test_looks_that_end_early_are_noticed(looks):
    assert "looks" in broken(looks[:10] + looks[100:])
