"""A short form of `python -m fuzz`: no malformed file is a traceback, a hang, or gigabytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.errors import UserError

ROOT = Path(__file__).parents[1]
pytest.importorskip("optuna", reason="studies are among what is read")


def test_malformed_files_of_every_kind_are_refused_with_a_message():
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "--inputs", "180"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" 0 faults") == 9 and done.stdout.endswith("no faults\n")


def test_the_fuzz_notices_what_it_looks_for(tmp_path, monkeypatch):
    from fuzz import measure

    def ill(given):
        if given == "error":
            raise KeyError(given)
        while given == "hang":
            pass
        raise UserError("x" * 10_000 if given == "words" else "no")

    monkeypatch.setattr(measure, "SECONDS", 1)
    inputs = ("error", "hang", "words", "refused")
    reader = measure.Reader("ill", lambda *_: "refused", ill, lambda _: ((n, n) for n in inputs))
    found = measure.try_reader(reader, 2, 0, tmp_path)
    assert (found.inputs, found.refused, len(found.faults)) == (6, 4, 3)
