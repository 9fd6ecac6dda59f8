"""A short form of `python -m power`: a run outlives power cuts on a real file system."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def cut(*options):
    done = subprocess.run(
        [sys.executable, "-m", "power", "stub", *options],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    if done.returncode == 2:
        pytest.skip(done.stdout.strip())  # not root, no loop devices, no ext4
    return done


def test_a_run_outlives_power_cuts():
    done = cut("--cuts", "4")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("; 0 faults\n")


def test_a_run_that_is_not_synced_does_not():
    done = cut("--cuts", "4", "--unsynced")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "does not open" in done.stdout
