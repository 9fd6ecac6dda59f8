"""Runs the tests of a file against each of its mutants, every one in a process of its own."""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

HEAVY = ("numpy", "scipy.special", "scipy.stats", "scipy.integrate", "numba", "hypothesis",
         "pytest", "safetensors.numpy")  # fmt: skip
OTHERS = ("_pytest", "cloudpickle", "gymnasium", "joblib", "matplotlib", "nle", "numba", "numpy",
          "pydantic", "pytest", "rich", "safetensors", "scipy", "typer", "yaml")  # fmt: skip
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
SLOWER = 10  # times as long as the tests of the code itself: then a mutant hangs


@dataclass
class Suite:
    """The tests of a file, and in which order they are asked: those first that notice much soon.

    Attributes:
        path: the file, from the root of the project.
        tests: files and folders.
        torch: whether tests may need torch; else those that do are left out.
        seconds: that each test took, by its name.
        kills: how many mutants each test noticed.
        patience: seconds after which a test counts as hanging: that is noticed too.
    """

    path: Path
    tests: Sequence[str]
    torch: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    patience: float = 600

    def rehearse(self) -> None:
        """Runs all tests of the code as it is: what fails here would notice every mutant."""
        begin = time.monotonic()
        fate, by = self.run(self.path.read_text())
        if fate != SURVIVED:
            raise SystemExit(f"{self.path}: without any fault its tests fail: {by or fate}")
        gc.collect()
        gc.freeze()  # so that the processes of the mutants do not look through all of it
        self.patience = 20 + SLOWER * (time.monotonic() - begin)

    def run(self, source: str) -> tuple[str, str]:
        """Runs the tests with a text in the place of the file; returns its fate, and by which."""
        with tempfile.TemporaryFile("w+") as told:
            return self._run(source, told)

    def _run(self, source: str, told: IO[str]) -> tuple[str, str]:
        begin = time.monotonic()
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os._exit(self._test(source, told))
        while time.monotonic() - begin < self.patience:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return self._told(told, os.waitstatus_to_exitcode(status))
            time.sleep(0.02)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return TIMED_OUT, ""

    def _told(self, file: IO[str], code: int) -> tuple[str, str]:
        file.seek(0)
        told = json.loads(file.read() or "{}")
        self.seconds |= told.get("seconds", {})
        for name in told.get("modules", ()):  # of others: the next process begins with them
            with suppress(Exception):
                importlib.import_module(name)
        failed = told.get("failed", "")
        self.kills[failed] += 1
        return (SURVIVED if code == 0 else KILLED), failed

    def _test(self, source: str, told: IO[str]) -> int:
        import pytest
        from hypothesis import HealthCheck, settings

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        settings.register_profile(
            "mutation", max_examples=25, derandomize=True, database=None,
            deadline=None, suppress_health_check=list(HealthCheck),  # a busy machine is no fault
        )  # fmt: skip
        settings.load_profile("mutation")
        broken = _Broken(self.path, source)
        sys.meta_path.insert(0, broken)
        options = ["-x", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
        if not self.torch:
            sys.meta_path[:] = [_WithoutTorch(finder) for finder in sys.meta_path]
            options += ["-k", "not torch"]
        teller = _Teller(self)
        code = int(pytest.main([*options, *self.tests], plugins=[teller]))
        if code == 0 and not broken.imported:
            teller.told["failed"], code = "no test imports it", 1
        if not self.seconds:
            teller.told["modules"] = [name for name in sys.modules if name.split(".")[0] in OTHERS]
        json.dump(teller.told, told)
        told.flush()
        return code


class _Teller:
    """A plugin of pytest: asks the likeliest tests first, and tells how long each of them took."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.told: dict = {"seconds": {}, "failed": ""}

    def pytest_collection_modifyitems(self, items) -> None:
        """Puts those first that take little and noticed much; in order where that is equal."""
        suite = self.suite
        items.sort(
            key=lambda item: (
                (suite.seconds.get(item.nodeid, 1.0) + 0.01) / (1 + suite.kills[item.nodeid])
            )
        )

    def pytest_collectreport(self, report) -> None:
        """Notes a file of tests that could not even be imported."""
        if report.failed:
            self.told["failed"] = report.nodeid

    def pytest_runtest_logreport(self, report) -> None:
        """Notes the time, and who failed."""
        seconds = self.told["seconds"]
        seconds[report.nodeid] = round(seconds.get(report.nodeid, 0.0) + report.duration, 3)
        if report.failed:
            self.told["failed"] = report.nodeid


class _WithoutTorch:
    """A finder of modules for which torch is missing."""

    def __init__(self, finder) -> None:
        self.finder = finder

    def __getattr__(self, name: str):
        return getattr(self.finder, name)

    def find_spec(self, name, path=None, target=None):
        """Finds what the finder does, but torch."""
        return None if name == "torch" else self.finder.find_spec(name, path, target)


class _Broken(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module from a mutant's text, in the place of its file."""

    def __init__(self, path: Path, source: str) -> None:
        package = path.name == "__init__.py"
        parts = path.parent.parts if package else path.with_suffix("").parts
        super().__init__(".".join(parts), str(path.resolve()))
        self.within = [str(path.parent.resolve())] if package else None
        self.source = source
        self.imported = False

    def find_spec(self, name, path=None, target=None):
        """Finds the broken module, and no other."""
        if name != self.name:
            return None
        spec = importlib.machinery.ModuleSpec(name, self, origin=self.path)
        spec.submodule_search_locations = self.within
        return spec

    def get_code(self, name):
        """Returns the mutant's code, which is never kept on disk."""
        self.imported = True
        return compile(self.source, self.path, "exec")


def warm_up(torch: bool) -> None:
    """Imports what all tests need: the processes of the mutants then begin with it."""
    for name in (*HEAVY, "torch") if torch else HEAVY:
        importlib.import_module(name)
