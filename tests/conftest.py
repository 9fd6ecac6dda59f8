"""What holds for every test."""

import signal

import pytest


def pytest_configure():
    """What tests start must hear the signals that a shell's background job does not."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def nethack_only_where_marked(request, monkeypatch):
    """Starting NetHack fails a test that is marked neither `nethack` nor `slow`."""
    if request.node.get_closest_marker("nethack") or request.node.get_closest_marker("slow"):
        return

    def refuse(*_, **__):
        pytest.fail("a unit test started NetHack: use the stub, or mark the test `nethack`")

    monkeypatch.setattr("nle.nethack.Nethack.__init__", refuse)
