"""Runs the tests of a file against each of its mutants, every one in a process of its own."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mutation.operators import Mutant

HEAVY = ("numpy", "scipy.special", "scipy.stats", "scipy.integrate", "numba", "hypothesis",
         "pytest", "safetensors.numpy")  # fmt: skip
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"


@dataclass(frozen=True)
class Result:
    """What became of a mutant, and after how many seconds."""

    mutant: Mutant
    fate: str
    seconds: float


class _Broken(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module from a mutant's text, in the place of its file."""

    def __init__(self, module: str, path: Path, source: str) -> None:
        super().__init__(module, str(path))
        self.source = source

    def find_spec(self, name, path=None, target=None):
        """Finds the broken module, and no other."""
        if name != self.name:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=self.path)

    def get_code(self, name):
        """Returns the mutant's code, which is never kept on disk."""
        return compile(self.source, self.path, "exec")


def warm_up() -> None:
    """Imports what all tests need: the processes of the mutants then begin with it."""
    for name in HEAVY:
        importlib.import_module(name)


def run(path: Path, mutant: Mutant, tests: Sequence[str], seconds: float) -> Result:
    """Runs tests with a mutant in the place of a file.

    Args:
        path: the file, from the root of the project.
        mutant: its text.
        tests: files and folders, the likeliest to notice first.
        seconds: after which a test counts as hanging: that is noticed too.
    """
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os._exit(_test(path, mutant.source, tests))
    while time.monotonic() - begin < seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            fate = SURVIVED if code == 0 else KILLED
            return Result(mutant, fate, time.monotonic() - begin)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return Result(mutant, TIMED_OUT, seconds)


def _test(path: Path, source: str, tests: Sequence[str]) -> int:
    import pytest
    from hypothesis import settings

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    settings.register_profile("mutation", max_examples=25, derandomize=True, database=None)
    settings.load_profile("mutation")
    module = ".".join(path.with_suffix("").parts)
    sys.meta_path.insert(0, _Broken(module, path.resolve(), source))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-k", "not torch", "--import-mode=importlib"]
    return int(pytest.main([*options, *tests]))
