"""Compiled functions work wherever numba's cache does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TWICE = """
from compiling.compiled import compiled

@compiled
def twice(x):
    return 2 * x
"""
NOWHERE = "from numba.core import caching\ncaching.CompileResultCacheImpl._locator_classes = []\n"
USE = "from twice import twice\nprint(twice(21))\n"


def run(tmp_path, program, **environment):
    (tmp_path / "twice.py").write_text(TWICE)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}"} | environment,
    )  # fmt: skip
    return done.stdout, done.stderr


def test_without_a_place_for_the_cache_it_is_said_once_and_all_works(tmp_path):
    others = "import agents.registry, envs.knowledge.paths\n"
    printed, said = run(tmp_path, NOWHERE + others + USE)
    assert printed == "42\n"
    assert said.count("numba has no place for its cache") == 1


def test_what_is_kept_lies_beside_nobody_s_code(tmp_path):
    """An uninstallation would leave it there, and an editable installation not find its own."""
    code, cache = tmp_path / "code", tmp_path / "cache"
    code.mkdir()
    assert run(code, USE, XDG_CACHE_HOME=str(cache), NUMBA_CACHE_DIR="") == ("42\n", "")
    assert not list(code.rglob("*.nb?"))
    assert [path.suffix for path in sorted(cache.rglob("*.nb?"))] == [".nbc", ".nbi"]


def test_without_another_place_it_is_kept_beside_the_code(tmp_path):
    home = tmp_path / "home"
    home.write_text("no folder")
    environment = {"XDG_CACHE_HOME": str(home), "NUMBA_CACHE_DIR": ""}
    assert run(tmp_path, USE, **environment) == ("42\n", "")
    assert list(tmp_path.rglob("*.nbi"))


@pytest.mark.parametrize("content", [b"", b"\x80", b"garbage", b"cos\nsystem\n(S'exit 1'\ntR."])
def test_a_cache_that_was_cut_short_or_changed_costs_time_only(tmp_path, content):
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    assert run(tmp_path, USE, **cache) == ("42\n", "")
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(content)
    assert run(tmp_path, USE, **cache)[0] == "42\n"


def test_a_place_that_no_longer_takes_files_costs_time_only(tmp_path):
    """A full disk, a quota: a folder that is in the way of every file stands for them."""
    full = "from numba.core import caching\n" + (
        "def full(*_, **__): raise OSError(28, 'No space left on device')\n"
        "caching.IndexDataCacheFile.save = full\n"
    )
    printed, said = run(tmp_path, full + USE, NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    assert printed == "42\n" and "No space left on device" in said
