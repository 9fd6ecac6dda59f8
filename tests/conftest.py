"""What holds for every test."""

import pytest


@pytest.fixture(autouse=True)
def nethack_only_where_marked(request, monkeypatch):
    """Starting NetHack fails a test that is marked neither `nethack` nor `slow`."""
    if request.node.get_closest_marker("nethack") or request.node.get_closest_marker("slow"):
        return

    def refuse(*_, **__):
        pytest.fail("a unit test started NetHack: use the stub, or mark the test `nethack`")

    monkeypatch.setattr("nle.nethack.Nethack.__init__", refuse)
