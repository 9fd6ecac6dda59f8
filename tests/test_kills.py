"""A short form of `python -m kills`: a run that is killed and resumed ends as if it never was."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_runs_that_are_killed_end_with_the_same_bytes():
    done = subprocess.run(
        [sys.executable, "-m", "kills", "--runs", "1", "--kills", "3"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("run 1 of 1: identical\n1 of 1 runs identical")
