"""What holds for every test."""

import signal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Files of few tests that take a minute or more.
LONG = ("test_soak.py", "test_recipes.py", "test_lessons.py", "test_policy_gradient_runs.py",
        "test_power.py", "test_meanwhile.py", "test_kills.py", "test_narrow.py")  # fmt: skip


def pytest_configure(config):
    """What tests start must hear the signals that a shell's background job does not."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    config.option.loadscopereorder = False  # xdist would keep the files of few tests for the end


def pytest_collection_modifyitems(config, items):
    """The longest come first: none is left for one worker while the others are idle.

    Coverage of a package counts what its own tests reach: what others reach by playing games would
    hide that a test is missing, and takes time to trace.
    """
    items.sort(key=lambda item: item.path.name not in LONG)
    asked = config.getoption("cov_source", None) or ()  # none: of all packages, or no coverage
    covered = [package.replace(".", "/") for package in asked]
    for item in items:
        if covered and not any(HERE / path in item.path.parents for path in covered):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def nethack_only_where_marked(request, monkeypatch):
    """Starting NetHack fails a test that is marked neither `nethack` nor `slow`."""
    if request.node.get_closest_marker("nethack") or request.node.get_closest_marker("slow"):
        return

    def refuse(*_, **__):
        pytest.fail("a unit test started NetHack: use the stub, or mark the test `nethack`")

    monkeypatch.setattr("nle.nethack.Nethack.__init__", refuse)
