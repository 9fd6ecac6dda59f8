"""A short form of `python -m fuzz`: no malformed file is a traceback, a hang, or gigabytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytest.importorskip("optuna", reason="studies are among what is read")


def test_malformed_files_of_every_kind_are_refused_with_a_message():
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "--inputs", "360"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 faults") == 8 and done.stdout.endswith("no faults\n")
